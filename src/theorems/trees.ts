import { childrenFirst } from '../base/children-first.js';
import type { EventSet } from '../events/event-set.js';
import type { Run } from '../execution/run.js';
import { configurationOf, type Setting } from '../execution/state.js';
import type { Headers } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import { showLocation } from '../netkat/topology.js';
import { grow, type TreeId, type TreeNode, treeTable } from '../netkat/tree.js';
import { locationOf } from './trace.js';

/** Trees that can be compared with each other (spec 1.4): those that packets should have, and those that they had. */
export interface Trees {
  /**
   * The tree under `g(X)` of the packet that enters with these headers; undefined if X is no event-set, or if there is
   * no tree.
   */
  readonly under: (set: EventSet, headers: Headers, at: Location) => TreeId | undefined;
  /** The tree that a packet really had in a complete run. */
  readonly happened: (run: Run, packet: number) => TreeId;
  readonly node: (tree: TreeId) => TreeNode;
}

/**
 * The trees of a setting. One `Trees` should serve all runs of the setting, since it remembers the results of `under`.
 */
export function treesOf(setting: Pick<Setting, 'program' | 'system' | 'structure'>): Trees {
  const table = treeTable();
  const known = new Map<string, TreeId | undefined>();

  const under = (set: EventSet, headers: Headers, at: Location): TreeId | undefined => {
    const key = `${set}|${headers}|${showLocation(at)}`;
    if (!known.has(key)) {
      const configuration = configurationOf(setting, set);
      const grown = configuration && grow(table, setting.program.topology, configuration, headers, at);
      known.set(key, grown?.kind === 'tree' ? grown.tree : undefined);
    }
    return known.get(key);
  };

  const happened = (run: Run, packet: number): TreeId => {
    const entry = entryOf(run, packet);
    // The tree of hops that begins with a SW of the packet: what left the network there, and the trees of the copies
    // that it sent on.
    const hops = new Map<number, TreeId>();
    const hop = (sw: number): TreeId => {
      const { step, took, queued } = run.taken[sw]!;
      if (step.rule !== 'SW' || !took || !queued) throw new Error(`step ${sw} is no SW`);
      const at = locationOf(step.at);
      const exits = queued
        .filter(({ finished }) => finished)
        .map(({ headers, port }) => table.intern({ kind: 'exit', headers, at: { switch: at.switch, port }, next: [] }));
      const next = [...exits, ...sentOn(run, sw).map((copy) => hops.get(copy)!)];
      return table.intern({ kind: 'hop', headers: took.headers, at, next });
    };
    const first = sentOn(run, entry.step)[0]!;
    childrenFirst(
      first,
      (sw) => sentOn(run, sw),
      (sw) => hops.has(sw),
      (sw) => hops.set(sw, hop(sw)),
    );
    return hops.get(first)!;
  };
  return { under, happened, node: table.node };
}

/** The SWs that take the copies which a step sent on. */
const sentOn = (run: Run, step: number): number[] =>
  [...run.taken.keys()].filter((i) => run.taken[i]!.took?.sentBy === step);

/** How a packet entered: its headers, the place and the step. */
export function entryOf(run: Run, packet: number): { headers: Headers; at: Location; step: number } {
  const step = run.taken.findIndex(({ entered }) => entered?.packet === packet);
  const found = run.taken[step];
  if (found?.step.rule !== 'IN' || !found.entered) throw new Error(`no packet ${packet} entered`);
  return { headers: found.entered.headers, at: locationOf(found.step.at), step };
}
