import { isSubset, setOf } from '../events/event-set.js';
import type { Run } from '../execution/run.js';
import { causalOccurrences } from './causal.js';
import { happensBefore } from './happens-before.js';
import { networkTrace } from './trace.js';
import { entryOf, type Trees, treesOf } from './trees.js';
import { type Judgement, judgement, showEventSet, type Violation } from './violation.js';

/**
 * The strong update (paper, Lemma 2; spec 6.6): a packet of a complete execution, with Y the events (by the causal
 * definition, 4.4) that occurred earlier in the trace than its IN, has its tree under g(X) for some event-set X ⊇ Y
 * made of events that occurred.
 */
export function judgeStrong(run: Run, trees: Trees = treesOf(run.setting)): Judgement {
  if (!run.complete) return judgement(run, []);
  const trace = networkTrace(run);
  const occurrences = causalOccurrences(run, trace, happensBefore(run, true));
  const occurred = setOf(occurrences.map(({ event }) => event));
  const eventSets = run.setting.structure.eventSets.filter((x) => isSubset(x, occurred));

  const violations = [...new Set(trace.map((lp) => lp.packet))].flatMap((packet): Violation[] => {
    const { headers, at, step } = entryOf(run, packet);
    const tree = trees.happened(run, packet);
    const y = setOf(occurrences.filter((o) => o.at.step < step).map(({ event }) => event));
    const under = eventSets.filter((x) => trees.under(x, headers, at) === tree);
    const allowed = eventSets.filter((x) => isSubset(y, x));
    if (under.some((x) => allowed.includes(x))) return [];
    const sets = under.map((x) => showEventSet(x)).join(', ');
    const why =
      under.length === 0
        ? `packet ${packet} went where no configuration of events among ${showEventSet(occurred)}, those that occurred, sends it`
        : `packet ${packet} went where only the configurations of ${sets} send it, though ${showEventSet(y)} had happened before it entered, wherever that was`;
    const steps = occurrences.map((o) => ({ event: o.event, step: o.at.step }));
    const kind = under.length === 0 ? 'mixture' : 'too-late';
    return [{ kind, packet, event: null, why, occurrences: steps, allowed }];
  });
  return judgement(run, violations);
}
