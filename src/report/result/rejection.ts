import type { Analysis } from '../../events/analysis.js';
import type { BrokenCondition } from '../../events/conditions.js';
import type { ConfigurationFault } from '../../events/configurations.js';
import type { EventStructure, Path } from '../../events/event-structure.js';
import type { TransitionSystem } from '../../events/transition-system.js';
import type { Program } from '../../language/program.js';
import { showHeaders } from '../../netkat/fields.js';
import { showLocation } from '../../netkat/topology.js';
import { describeEvents, showEdge } from './describe.js';
import type { Rejection, ShownEdge, ShownEvent } from './result.js';

/** A reason to reject, and the link occurrence of the text that it is best shown at, if there is one. */
export interface Reason {
  readonly rejection: Omit<Rejection, 'line' | 'column'>;
  readonly occurrence: number | undefined;
}

/** What is broken, in words and with its witnesses (spec 1.4, 2.2, 2.5; interface.md). */
export function reasonToReject(
  program: Program,
  { system, structure }: Analysis,
  broken: NonNullable<Analysis['broken']>,
): Reason {
  if ('fault' in broken) return faultReason(program, system, broken);
  if (broken.code === 'cycle') return cycleReason(system, broken);
  // The other conditions are conditions on an event structure.
  return structureReason(system, structure!, broken);
}

function faultReason(program: Program, system: TransitionSystem, { fault, state, host }: ConfigurationFault): Reason {
  const vector = system.states[state]!;
  const path = fault.path.map(({ headers, at }) => ({
    at: showLocation(at),
    headers: showHeaders(program.fields, headers),
  }));
  const sent = Object.entries(path[0]!.headers).map(([name, value]) => `${name}=${value}`);
  const sender = `in state [${vector}], a packet from ${host.name}${sent.length > 0 ? ` with ${sent.join(', ')}` : ''}`;
  const way = path.map(({ at }) => at).join(' -> ');
  const finishes = fault.finishes ? showLocation(fault.finishes) : null;
  const message = finishes
    ? `the policy can finish at ${finishes}, where no host is: ${sender} comes there by way of ${way}`
    : `the policy has a forwarding loop: ${sender} meets the same hop again: ${way}`;
  const details = { state: vector, host: host.name, path, finishes };
  return { rejection: { code: fault.kind, message, details }, occurrence: fault.lastLink };
}

const inWords = ({ formula, at }: ShownEdge | ShownEvent): string => `(${formula} at ${at})`;

function cycleReason(system: TransitionSystem, broken: Extract<BrokenCondition, { code: 'cycle' }>): Reason {
  const states = broken.states.map((state) => system.states[state]!);
  const [a, b] = broken.edges;
  const edges = [showEdge(system, a), showEdge(system, b)] as const;
  const message =
    `the states ${states.map((s) => `[${s}]`).join(', ')} form a loop whose events lie at different switches: ` +
    `${inWords(edges[0])} and ${inWords(edges[1])}; events that can recur together must lie at one switch`;
  return { rejection: { code: 'cycle', message, details: { states, edges } }, occurrence: b.occurrences[0] };
}

function structureReason(
  system: TransitionSystem,
  structure: EventStructure,
  broken: Exclude<BrokenCondition, { code: 'cycle' }>,
): Reason {
  const show = (set: bigint) => describeEvents(system, structure, set);
  const list = (events: readonly ShownEvent[]) => `{${events.map(named).join(', ')}}`;
  switch (broken.code) {
    case 'undetermined': {
      const [p, q] = broken.paths;
      const shown = (path: Path) => path.map((edge) => showEdge(system, edge));
      const states = ([path]: [Path]) =>
        [system.states[0]!, ...shown(path).map(({ to }) => to)].map((s) => `[${s}]`).join(' -> ');
      const set = show(broken.set);
      const message =
        `the same events, ${list(set)}, lead to different configurations by different paths: ` +
        `${states([p])} and ${states([q])}`;
      const details = { set, paths: [shown(p), shown(q)] as const };
      return { rejection: { code: broken.code, message, details }, occurrence: q[q.length - 1]?.occurrences[0] };
    }
    case 'incomplete': {
      const sets = [show(broken.sets[0]), show(broken.sets[1])] as const;
      const [union, upper] = [show(broken.union), show(broken.upper)];
      const message =
        `${list(sets[0])} and ${list(sets[1])} can both be part of ${list(upper)}, ` +
        `but nothing says what to do when just ${list(union)} have occurred`;
      return { rejection: { code: broken.code, message, details: { sets, union, upper } }, occurrence: undefined };
    }
    case 'nonlocal': {
      const set = show(broken.set);
      const message =
        `the events ${list(set)} must not all occur, yet they lie at different switches (${broken.switches.join(', ')}), ` +
        'of which none can know in time what the others have seen; let one switch see them all, ' +
        'or say `check --force` to check the program all the same';
      const [first] = set;
      const label = first && structure.events[first.id]!.label;
      const occurrence = system.edges.find((edge) => edge.label === label)?.occurrences[0];
      return { rejection: { code: broken.code, message, details: { set, switches: broken.switches } }, occurrence };
    }
  }
}

/** An event in words: `ip_dst=H4 at 4:1`, with its number if its label can occur more than once. */
const named = ({ formula, at, occurrence }: ShownEvent): string =>
  `${formula} at ${at}${occurrence > 1 ? ` (#${occurrence})` : ''}`;
