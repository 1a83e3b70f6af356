import { satisfies } from '../events/formula.js';
import type { Run } from '../execution/run.js';
import { readLocation } from '../execution/show.js';
import type { Setting } from '../execution/state.js';
import type { Headers } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';

/** A located packet of the network trace (paper §2; spec 4.1), at the step where it is recorded. */
export interface LocatedPacket {
  readonly packet: number;
  readonly headers: Headers;
  readonly at: Location;
  /** The index, in the execution, of the step at which it is recorded. */
  readonly step: number;
  readonly kind: 'arrival' | 'exit' | 'drop';
}

/** Reads a location that the rules have written. */
export function locationOf(text: string): Location {
  const at = readLocation(text);
  if (!at) throw new Error(`${text} is no location`);
  return at;
}

/**
 * The located packets lp_1 lp_2 … of a run (spec 4.1): at IN the ingress hop, at SW every later hop, and at that same
 * SW every exit. A packet that its first switch drops is recorded once more, at that SW. [choice: an exit at an
 * internal port (best-effort) is recorded like an exit by a host port.]
 */
export function networkTrace(run: Run): LocatedPacket[] {
  const trace: LocatedPacket[] = [];
  for (const [i, { step, entered, took, queued = [] }] of run.taken.entries()) {
    if (step.rule === 'IN' && entered) {
      const { packet, headers } = entered;
      trace.push({ packet, headers, at: locationOf(step.at), step: i, kind: 'arrival' });
    }
    if (step.rule === 'SW' && took) {
      const { packet, headers, sentBy } = took;
      const at = locationOf(step.at);
      const isIngress = run.taken[sentBy]!.step.rule === 'IN';
      if (!isIngress) trace.push({ packet, headers, at, step: i, kind: 'arrival' });
      for (const { headers, port, finished } of queued)
        if (finished) trace.push({ packet, headers, at: { switch: at.switch, port }, step: i, kind: 'exit' });
      if (isIngress && queued.length === 0) trace.push({ packet, headers, at, step: i, kind: 'drop' });
    }
  }
  return trace;
}

/**
 * Whether a located packet matches an event, `lp ⊨ e` (paper §2): it is at the event's place and satisfies φ.
 * [choice: events are arrivals (spec 1.5), so an exit never matches one.]
 */
export function matches({ structure, system }: Setting, lp: LocatedPacket, event: number): boolean {
  const { at, label } = structure.events[event]!;
  return (
    lp.kind === 'arrival' &&
    lp.at.switch === at.switch &&
    lp.at.port === at.port &&
    satisfies(lp.headers, system.labels[label]!.formula) === true
  );
}
