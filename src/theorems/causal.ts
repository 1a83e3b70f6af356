import { contains, type EventSet, emptySet, isSubset, members, setOf, singleton } from '../events/event-set.js';
import { enables, eventSetsWithin, isConsistent } from '../events/event-structure.js';
import type { Run } from '../execution/run.js';
import { type HappensBefore, happensBefore } from './happens-before.js';
import { type LocatedPacket, matches, networkTrace } from './trace.js';
import { entryOf, type Trees, treesOf } from './trees.js';
import { type Judgement, judgement, showEvent, showEventSet, undefinedEntries, type Violation } from './violation.js';

/** An event, and the located packet at which it occurs. */
export interface CausalOccurrence {
  readonly event: number;
  readonly at: LocatedPacket;
}

/** The events that occur in a run by the causal definition, in trace order (spec 4.4). */
export function causalOccurrences(
  run: Run,
  trace: readonly LocatedPacket[],
  before: HappensBefore,
): CausalOccurrence[] {
  const { setting } = run;
  const { structure } = setting;
  const occurrences: CausalOccurrence[] = [];
  for (const lp of trace) {
    // ≺ respects the order of the trace, so all that happened before lp has been found.
    const past = setOf(occurrences.filter(({ at }) => before(at.step, lp.step)).map(({ event }) => event));
    let added = emptySet;
    for (const { id: e } of structure.events) {
      if (!enables(structure, past, e) || !matches(setting, lp, e) || contains(past, e)) continue;
      if (!isConsistent(structure, past | added | singleton(e))) continue;
      added |= singleton(e);
      occurrences.push({ event: e, at: lp });
    }
  }
  return occurrences;
}

/** Theorem 1 against the causal definition (spec 4.4). */
export function judgeCausal(run: Run, trees: Trees = treesOf(run.setting)): Judgement {
  const violations: Violation[] = undefinedEntries(run);
  if (!run.complete) return judgement(run, violations);

  const trace = networkTrace(run);
  const before = happensBefore(run, true);
  const occurrences = causalOccurrences(run, trace, before);
  const occurred = setOf(occurrences.map(({ event }) => event));
  const eventSets = eventSetsWithin(run.setting.structure, occurred);

  for (const packet of new Set(trace.map((lp) => lp.packet))) {
    const { headers, at } = entryOf(run, packet);
    const own = trace.filter((lp) => lp.packet === packet);
    const tree = trees.happened(run, packet);
    const b = setOf(occurrences.filter((o) => own.every((lp) => before(o.at.step, lp.step))).map(({ event }) => event));
    const a = setOf(occurrences.filter((o) => own.every((lp) => before(lp.step, o.at.step))).map(({ event }) => event));
    const under = eventSets.filter((x) => trees.under(x, headers, at) === tree);
    const allowed = eventSets.filter((x) => isSubset(b, x) && (x & a) === emptySet);
    if (under.some((x) => allowed.includes(x))) continue;
    const steps = occurrences.map(({ event, at }) => ({ event, step: at.step }));
    violations.push({ ...explain(run, packet, occurred, under, { b, a }), occurrences: steps, allowed });
  }
  return judgement(run, violations);
}

/** What is asked of an event-set that explains a packet's tree: it contains B and is disjoint from A (spec 4.4). */
interface Bounds {
  readonly b: EventSet;
  readonly a: EventSet;
}

/**
 * The kind of violation, and its reason, if no event-set of `under` (which explain the packet's tree) contains b and is
 * disjoint from a.
 */
function explain(
  run: Run,
  packet: number,
  occurred: EventSet,
  under: readonly EventSet[],
  { b, a }: Bounds,
): Omit<Violation, 'occurrences' | 'allowed'> {
  const sets = under.map((x) => showEventSet(x)).join(', ');
  if (under.length === 0) {
    const why = `packet ${packet} went where no configuration of events among ${showEventSet(occurred)}, those that occurred, sends it`;
    return { kind: 'mixture', packet, event: null, why };
  }
  const knowing = under.filter((x) => isSubset(b, x));
  if (knowing.length === 0) {
    const event = members(b).find((e) => under.every((x) => !contains(x, e))) ?? members(b & ~under[0]!)[0]!;
    const why = `packet ${packet} went where only the configurations of ${sets} send it, though ${showEvent(run.setting, event)} happened before every hop of it`;
    return { kind: 'too-late', packet, event, why };
  }
  const event = members(a).find((e) => knowing.every((x) => contains(x, e))) ?? members(a & knowing[0]!)[0]!;
  const why = `packet ${packet} went where only the configurations of ${sets} send it, though every hop of it happened before ${showEvent(run.setting, event)}`;
  return { kind: 'too-early', packet, event, why };
}
