import type { Run } from '../execution/run.js';
import type { ObservationAtom, Sight } from '../language/property.js';
import { passes } from '../language/property.js';
import type { Headers } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import { compareLocations, hostAt, type Topology } from '../netkat/topology.js';
import { locationOf } from './trace.js';

/** A located packet as properties see it (spec 6.1). */
export interface Observed {
  readonly packet: number;
  readonly headers: Headers;
  readonly at: Location;
  /** Whether a host sends it there (an IN), it arrives over a link, it leaves the network, or it is dropped. */
  readonly kind: 'sent' | 'arrived' | 'left' | 'dropped';
  /** The index, in the execution, of the step at which it is recorded. */
  readonly step: number;
  /** The arrival before it on the way of this copy, by its index in the trace; undefined where the packet enters. */
  readonly parent: number | undefined;
}

/**
 * The located packets of a run in the order of the trace (spec 4.1, 6.1): at IN the packet that is sent, at SW first
 * the copy that arrives there, if it has come over a link, and then what leaves the network, or that the copy is
 * dropped.
 */
export function observedTrace(run: Run): Observed[] {
  const trace: Observed[] = [];
  /** By step, the arrival of the copy that it takes or lets in. */
  const arrivals = new Map<number, number>();
  for (const [i, { step, entered, took, queued = [] }] of run.taken.entries()) {
    if (step.rule === 'IN' && entered) {
      const { packet, headers } = entered;
      arrivals.set(i, trace.length);
      trace.push({ packet, headers, at: locationOf(step.at), kind: 'sent', step: i, parent: undefined });
    }
    if (step.rule === 'SW' && took) {
      const { packet, headers, sentBy } = took;
      const at = locationOf(step.at);
      let arrival = arrivals.get(sentBy)!;
      if (run.taken[sentBy]!.step.rule !== 'IN')
        arrival = trace.push({ packet, headers, at, kind: 'arrived', step: i, parent: arrival }) - 1;
      arrivals.set(i, arrival);
      const here = { packet, step: i, parent: arrival };
      for (const { headers, port, finished } of queued)
        if (finished) trace.push({ ...here, headers, at: { switch: at.switch, port }, kind: 'left' });
      if (queued.length === 0) trace.push({ ...here, headers, at, kind: 'dropped' });
    }
  }
  return trace;
}

/** Whether a located packet is what is to be seen, whatever its headers. */
function isSeen(topology: Topology, sight: Sight, { kind, at }: Pick<Observed, 'kind' | 'at'>): boolean {
  switch (sight.what) {
    case 'sent':
      return kind === 'sent' && (sight.at === 'any' || compareLocations(sight.at, at) === 0);
    case 'delivered':
      if (kind !== 'left') return false;
      return sight.at === 'any' ? hostAt(topology, at) !== undefined : compareLocations(sight.at, at) === 0;
    case 'nobody':
      return kind === 'left' && hostAt(topology, at) === undefined;
    case 'at':
      if (kind !== 'sent' && kind !== 'arrived') return false;
      return sight.switch === at.switch && (sight.port === null || sight.port === at.port);
    case 'dropped':
      return kind === 'dropped' && (sight.switch === null || sight.switch === at.switch);
  }
}

/** Whether an observation is true of a located packet (spec 6.1); its headers are asked last. */
export const sees = (
  topology: Topology,
  { sight, test }: ObservationAtom,
  lp: Pick<Observed, 'kind' | 'at' | 'headers'>,
): boolean | number => isSeen(topology, sight, lp) && passes(lp.headers, test);
