import { contains, type EventSet, emptySet, singleton } from '../events/event-set.js';
import { enables, isConsistent } from '../events/event-structure.js';
import type { Run } from '../execution/run.js';
import { happensBefore } from './happens-before.js';
import { type LocatedPacket, matches, networkTrace } from './trace.js';
import { entryOf, type Trees, treesOf } from './trees.js';
import { type Judgement, judgement, showEvent, showEventSet, undefinedEntries, type Violation } from './violation.js';

/** An event e_i, the located packet at which it occurs, and X_{i+1}, the events up to and including e_i. */
export interface Occurrence {
  readonly event: number;
  readonly at: LocatedPacket;
  readonly upTo: EventSet;
}

/** The sequence e_0 e_1 … of a complete run, which the trace determines (paper §2; spec 4.3). */
function eventSequence(run: Run, trace: readonly LocatedPacket[], trees: Trees): Occurrence[] {
  const { setting } = run;
  const { structure } = setting;
  const sequence: Occurrence[] = [];
  let x = emptySet;
  for (const lp of trace) {
    // X stays the set before lp until all that lp adds is known.
    let added = emptySet;
    for (const { id: e } of structure.events) {
      if (contains(x, e) || !enables(structure, x, e) || !matches(setting, lp, e)) continue;
      if (!isConsistent(structure, x | added | singleton(e))) continue;
      const { headers, at } = entryOf(run, lp.packet);
      if (x !== emptySet && trees.happened(run, lp.packet) !== trees.under(x, headers, at)) continue;
      added |= singleton(e);
      sequence.push({ event: e, at: lp, upTo: x | added });
    }
    x |= added;
  }
  return sequence;
}

/** Theorem 1 against the paper's definition (paper §2, "Correct Network Traces"; spec 4.3). */
export function judgePaper(run: Run, trees: Trees = treesOf(run.setting)): Judgement {
  const violations: Violation[] = undefinedEntries(run);
  if (!run.complete) return judgement(run, violations);

  const trace = networkTrace(run);
  const before = happensBefore(run, false);
  const sequence = eventSequence(run, trace, trees);
  const chain = [emptySet, ...sequence.map(({ upTo }) => upTo)];
  const occurrences = sequence.map(({ event, at }) => ({ event, step: at.step }));
  const show = (sets: readonly EventSet[]) => sets.map((x) => showEventSet(x)).join(', ');

  for (const packet of new Set(trace.map((lp) => lp.packet))) {
    const { headers, at } = entryOf(run, packet);
    const own = trace.filter((lp) => lp.packet === packet);
    const tree = trees.happened(run, packet);
    /** Whether the packet's tree is its tree under some g(X_j) with from ≤ j ≤ to. */
    const isUnder = (from: number, to: number) =>
      chain.slice(from, to + 1).some((x) => trees.under(x, headers, at) === tree);

    const last = sequence.length;
    // If e_i ≺ every hop, then j ≥ i + 1 is asked for; if every hop ≺ e_i, then j ≤ i.
    const from = 1 + sequence.findLastIndex(({ at: o }) => own.every((lp) => before(o.step, lp.step)));
    const to = sequence.findIndex(({ at: o }) => own.every((lp) => before(lp.step, o.step)));
    const allowed = chain.slice(from, to < 0 ? undefined : to + 1);
    if (!isUnder(0, last)) {
      const why = `packet ${packet} went where none of the configurations of ${show(chain)} sends it`;
      violations.push({ kind: 'mixture', packet, event: null, why, occurrences, allowed });
      continue;
    }
    for (const [i, { event, at: occurrence }] of sequence.entries()) {
      if (own.every((lp) => before(occurrence.step, lp.step)) && !isUnder(i + 1, last)) {
        const why = `packet ${packet} went where only the configurations of ${show(chain.slice(0, i + 1))} send it, though ${showEvent(run.setting, event)} happened before every hop of it`;
        violations.push({ kind: 'too-late', packet, event, why, occurrences, allowed });
      }
      if (own.every((lp) => before(lp.step, occurrence.step)) && !isUnder(0, i)) {
        const why = `packet ${packet} went where only the configurations of ${show(chain.slice(i + 1))} send it, though every hop of it happened before ${showEvent(run.setting, event)}`;
        violations.push({ kind: 'too-early', packet, event, why, occurrences, allowed });
      }
    }
  }
  return judgement(run, violations);
}
