import type { Program, StatefulAtom } from '../language/program.js';
import type { Position } from '../netkat/configuration.js';
import { type Headers, undetermined } from '../netkat/fields.js';
import { type FlowEdge, type FlowGraph, flowGraph } from '../netkat/flow-graph.js';
import type { Location } from '../netkat/policy.js';
import type { ComponentValues } from './partial-states.js';

/** A packet in the middle of a hop, and how it came there. */
export interface HopWalk {
  readonly node: number;
  readonly headers: Headers;
  readonly port: number;
  /** The steps that end here: with each, the walk before it. */
  readonly before: { readonly walk: HopWalk; readonly atom: StatefulAtom | undefined }[];
}

/** A way out of a hop: by a link, or at the end of the policy. */
export interface WayOut {
  readonly walk: HopWalk;
  /** The link that is crossed; undefined at the end of the policy. */
  readonly link: Extract<StatefulAtom, { kind: 'link' | 'stateLink' }> | undefined;
}

/** A packet that arrives, in a state: of each component the value, or undefined where nothing depends on it. */
export interface Arriving {
  readonly headers: Headers;
  readonly at: Location;
  readonly position: Position;
  readonly state: readonly (number | undefined)[];
}

/** Walks through a program's policy, which tell by which atoms a packet goes. */
export interface Walks {
  readonly graph: FlowGraph<StatefulAtom>;
  /** The ways out of a hop (spec 1.4), and so the same outputs as `Configuration.hop` has. */
  readonly waysOut: (arriving: Arriving, following?: FollowedWalks) => WayOut[];
}

/** Which walks are followed: all, unless something else is said. */
export interface FollowedWalks {
  /** Whether a walk by an atom is one that is looked for. */
  readonly isFresh: (atom: StatefulAtom) => boolean;
  /** The edges to take from a node, by a walk that is looked for and by one that is not yet. */
  readonly edgesFrom: (node: number, isFresh: boolean) => readonly FlowEdge<StatefulAtom>[];
}

/** @param values for each component the values that it has in reachable states */
export function walksOf({ policy }: Pick<Program, 'policy'>, values: ComponentValues): Walks {
  const graph = flowGraph(policy);
  const afterOccurrence = new Map<number, number>([[0, graph.start]]);
  for (const edges of graph.edges)
    for (const { atom, to } of edges)
      if (atom?.kind === 'link' || atom?.kind === 'stateLink') afterOccurrence.set(atom.occurrence, to);

  const everything: FollowedWalks = { isFresh: () => true, edgesFrom: (node) => graph.edges[node]! };
  const waysOut: Walks['waysOut'] = ({ headers, at, position, state }, { isFresh, edgesFrom } = everything) => {
    const found: WayOut[] = [];
    const seen = new Map<string, HopWalk>();
    const work: { readonly walk: HopWalk; readonly fresh: boolean }[] = [];
    const visit = (
      { node, headers, port }: Pick<HopWalk, 'node' | 'headers' | 'port'>,
      fresh: boolean,
      step: HopWalk['before'][number] | undefined,
    ): void => {
      const key = `${node}|${port}|${headers}|${fresh}`;
      const known = seen.get(key);
      if (known) {
        if (step) known.before.push(step);
        return;
      }
      const walk: HopWalk = { node, headers, port, before: step ? [step] : [] };
      seen.set(key, walk);
      work.push({ walk, fresh });
    };
    for (const occurrence of position)
      visit({ node: afterOccurrence.get(occurrence)!, headers, port: at.port }, false, undefined);
    for (let item = work.pop(); item; item = work.pop()) {
      const { walk, fresh } = item;
      if (walk.node === graph.end) found.push({ walk, link: undefined });
      for (const { atom, to } of edgesFrom(walk.node, fresh)) {
        if (atom?.kind === 'link' || atom?.kind === 'stateLink') {
          if (atom.from.switch === at.switch && atom.from.port === walk.port) found.push({ walk, link: atom });
          continue;
        }
        const next = atom ? crossed(walk, atom, at.switch, { state, values }) : walk;
        if (next) visit({ ...next, node: to }, fresh || (atom !== undefined && isFresh(atom)), { walk, atom });
      }
    }
    return found;
  };
  return { graph, waysOut };
}

/** A packet after an atom; undefined if it does not pass. */
function crossed(
  { headers, port }: Pick<HopWalk, 'headers' | 'port'>,
  atom: Exclude<StatefulAtom, { kind: 'link' | 'stateLink' }>,
  onSwitch: number,
  { state, values }: { readonly state: Arriving['state']; readonly values: ComponentValues },
): Pick<HopWalk, 'headers' | 'port'> | undefined {
  const pass = (passes: boolean) => (passes ? { headers, port } : undefined);
  switch (atom.kind) {
    case 'test': {
      const value = headers[atom.field]!;
      if (value === undetermined) throw new Error('assertion: a test looks at a field that is settled');
      return pass((value === atom.value) === atom.equal);
    }
    case 'testSwitch':
      return pass((atom.switch === onSwitch) === atom.equal);
    case 'testPort':
      return pass((atom.port === port) === atom.equal);
    case 'testState': {
      const value = state[atom.component];
      if (value !== undefined) return pass((value === atom.value) === atom.equal);
      // Where the component may have the value, nothing leaves the switch behind the test, else it would be settled.
      return pass(!atom.equal || values[atom.component]!.includes(atom.value));
    }
    case 'assign':
      return { headers: headers.with(atom.field, atom.value), port };
    case 'assignPort':
      return { headers, port: atom.port };
  }
}
