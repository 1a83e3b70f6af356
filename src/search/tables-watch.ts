import type { Problem } from '../engines/engine.js';
import { rerun } from '../engines/rerun.js';
import { members } from '../events/event-set.js';
import type { Counterexample } from '../execution/execution.js';
import type { Run } from '../execution/run.js';
import { showHeaders } from '../netkat/fields.js';
import type { Knowledge, SetId } from '../network/knowledge.js';
import { blockedKind, type CopyKind, type PacketSpace } from '../network/packet-space.js';
import type { Reductions } from '../network/reductions/reductions.js';
import type { NetworkState } from '../network/state.js';
import type { Transition } from '../network/steps.js';
import type { TaggedPackets } from '../network/tagged-packets.js';
import { tagged } from '../network/variants/tagged.js';
import type { Variant } from '../network/variants/variant.js';
import type { TableHops } from '../packets/table-hop.js';
import { firstDifference } from '../tables/by-tables.js';
import { processPacket } from '../tables/interpret.js';
import { explainDifference } from '../tables/table-difference.js';
import type { Tables } from '../tables/tables.js';
import type { Tag } from '../tables/tags.js';
import { accountOf } from '../theorems/index.js';
import { retrace, type Way } from './retrace.js';

/** What is detected and learnt does not depend on a packet's tag. */
const noTag: Tag = [];

/** Compares what tables do with what the rules do, in every state that is explored. */
export interface TablesWatch {
  readonly tables: Tables;
  /**
   * The reductions under which no difference is lost: without `symmetry`, for tables need not have the program's
   * automorphisms, and without `knowledge` if tables depend on what was heard where the rules do not
   * (`TableHops.learnAll`).
   */
  readonly usable: (reductions: Reductions) => Reductions;
  /**
   * Where tables and rules differ in a step that a state can take or has just taken: the SW, or `entered` for a packet
   * that was stamped wrongly.
   */
  readonly differing: (state: NetworkState) => Transition | 'entered' | undefined;
}

/**
 * As long as no reachable state differs, the network that runs the tables and the one that runs configurations reach
 * the same states: each step then does the same in both. So to explore the latter, and to compare every step, is to
 * explore both.
 *
 * Where a packet is sent and with which tag depends on the packet alone, so its kind says whether tables agree
 * (`tagged-packets.ts`). What is detected and learnt depends on what switch and packet have heard, too; it is computed
 * by `interpret.ts`, once for all copies to which the same detection rules apply.
 */
export function watchTables(
  problem: Problem,
  { tables, learnAll }: TableHops,
  k: Knowledge,
  space: TaggedPackets,
): TablesWatch {
  const { fields } = problem.program;
  const rules = tagged(k);
  const switches = new Map(tables.switches.map((one) => [one.id, one]));
  const indexOf = new Map(problem.program.topology.switches.map((n, i) => [n, i]));
  const differs = new Map<string, boolean>();

  const compare = (kind: CopyKind, eventSet: SetId, digest: SetId): boolean => {
    // For sets that are no event-sets the compiler promises nothing: Lemma 3's companion is broken there. (A digest may
    // be without what the switch knows: tables look at the union of both, as the rules do.)
    if ([eventSet, k.union(eventSet, digest)].some((set) => k.eventSetIndex(set) < 0)) return false;
    const { at, headers, pc } = space.example(kind);
    const packet = {
      port: at.port,
      headers: showHeaders(fields, headers),
      tag: noTag,
      pc,
      digest: members(k.set(digest)),
    };
    const done = processPacket(switches.get(at.switch)!, packet, members(k.set(eventSet)));
    const detected = rules.detect(eventSet, digest, space.labels(kind));
    const learned = rules.learn(eventSet, digest, detected);
    return (
      members(k.set(detected)).join() !== done.detected.join() ||
      members(k.set(learned)).join() !== done.eventSet.join()
    );
  };
  const learnsOtherwise = (kind: CopyKind, eventSet: SetId, digest: SetId): boolean => {
    const key = `${kind},${eventSet},${digest}`;
    const seen = differs.get(key) ?? compare(kind, eventSet, digest);
    differs.set(key, seen);
    return seen;
  };

  return {
    tables,
    usable: (reductions) =>
      new Set([...reductions].filter((name) => name !== 'symmetry' && (learnAll || name !== 'knowledge'))),
    differing: ({ queues, eventSets }) => {
      for (const [queue, at] of space.queues.entries()) {
        const copies = queues[queue]!;
        const head = copies[0];
        if (!head) continue;
        if (copies.some(({ kind }) => kind !== blockedKind && space.differs(kind) === 'stamp')) return 'entered';
        if (head.kind === blockedKind) continue;
        const eventSet = eventSets[indexOf.get(at.switch)!]!;
        if (space.differs(head.kind) === 'hop' || learnsOtherwise(head.kind, eventSet, head.digest))
          return { rule: 'SW', queue, alternative: 0 };
      }
      return undefined;
    },
  };
}

/**
 * The difference that a search has ended with, as an execution whose last step differs: re-executed by the literal
 * rules, with the tables' own interpreter beside them. Undefined if the search has found something else.
 * @throws if they do not differ there
 */
export function differenceIn(
  problem: Problem,
  k: Knowledge,
  variant: Variant,
  { space, tables: watch }: { readonly space: PacketSpace; readonly tables: TablesWatch | undefined },
  found: { readonly steps: Way; readonly state: NetworkState },
): Counterexample | undefined {
  const action = watch?.differing(found.state);
  if (!watch || !action) return undefined;
  const way: Way = action === 'entered' ? found.steps : [...found.steps, { from: found.state, action }];
  const { program, system, structure, options } = problem;
  const setting = { program, system, structure, semantics: options.semantics, controller: options.controller };
  const isDifferent = (run: Run) => firstDifference(run, watch.tables) !== undefined;
  const run = rerun(setting, retrace(program, k, variant, space, way), 'prefix', isDifferent);
  const first = run && firstDifference(run, watch.tables);
  if (!first) throw new Error('the tables and the rules were found to differ, but do the same when they are re-run');
  const steps = run.taken.map(({ step }) => step).slice(0, first.step + 1);
  const last = steps[first.step]!;
  return {
    kind: 'compiler',
    packet: 'packet' in last ? last.packet : null,
    event: null,
    explanation: explainDifference(first.difference),
    steps,
    occurrences: [],
    account: accountOf(run, { packet: null, allowed: [] }, true),
  };
}
