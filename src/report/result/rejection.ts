import type { Analysis } from '../../events/analysis.js';
import { showIndices } from '../../events/blocks.js';
import type { BrokenCondition } from '../../events/conditions.js';
import type { ConfigurationFault } from '../../events/configurations.js';
import { setOf } from '../../events/event-set.js';
import type { EventStructure } from '../../events/event-structure.js';
import type { Path } from '../../events/paths.js';
import { type Block, type Edge, type TransitionSystem, withPart } from '../../events/transition-system.js';
import type { Program } from '../../language/program.js';
import { showHeaders } from '../../netkat/fields.js';
import { showLocation } from '../../netkat/topology.js';
import { describeEvents } from './describe.js';
import { showBlockEdge } from './edges.js';
import { setInWords } from './events-in-words.js';
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
  if ('fault' in broken) return faultReason(program, broken);
  if (broken.code === 'cycle') return cycleReason(system, broken);
  if (broken.code === 'unordered') return unorderedReason(system, broken);
  // The other conditions are conditions on an event structure.
  return structureReason(system, structure!, broken);
}

function faultReason(program: Program, { fault, state, host }: ConfigurationFault): Reason {
  const path = fault.path.map(({ headers, at }) => ({
    at: showLocation(at),
    headers: showHeaders(program.fields, headers),
  }));
  const sent = Object.entries(path[0]!.headers).map(([name, value]) => `${name}=${value}`);
  const sender = `in state [${state}], a packet from ${host.name}${sent.length > 0 ? ` with ${sent.join(', ')}` : ''}`;
  const way = path.map(({ at }) => at).join(' -> ');
  const finishes = fault.finishes ? showLocation(fault.finishes) : null;
  const message = finishes
    ? `the policy can finish at ${finishes}, where no host is: ${sender} comes there by way of ${way}`
    : `the policy has a forwarding loop: ${sender} meets the same hop again: ${way}`;
  const details = { state, host: host.name, path, finishes };
  return { rejection: { code: fault.kind, message, details }, occurrence: fault.lastLink };
}

const inWords = ({ formula, at }: ShownEdge | ShownEvent): string => `(${formula} at ${at})`;

function cycleReason(system: TransitionSystem, broken: Extract<BrokenCondition, { code: 'cycle' }>): Reason {
  const { block } = broken;
  const states = broken.states.map((state) => withPart(system.initial, block, block.states[state]!));
  const [a, b] = broken.edges;
  const edges = [showBlockEdge(system, block, a), showBlockEdge(system, block, b)] as const;
  const message =
    `the states ${states.map((s) => `[${s}]`).join(', ')} form a loop whose events lie at different switches: ` +
    `${inWords(edges[0])} and ${inWords(edges[1])}; events that can recur together must lie at one switch`;
  return { rejection: { code: 'cycle', message, details: { states, edges } }, occurrence: b.occurrences[0] };
}

function unorderedReason(system: TransitionSystem, broken: Extract<BrokenCondition, { code: 'unordered' }>): Reason {
  const { block } = broken;
  const [a, b] = broken.edges;
  const edges = [showBlockEdge(system, block, a), showBlockEdge(system, block, b)] as const;
  const switches = [a, b].map(({ label }) => system.labels[label]!.at.switch).sort((x, y) => x - y);
  const message =
    `the events of ${showIndices(block.indices)} are to be ordered, yet they lie at different switches: ` +
    `${inWords(edges[0])} and ${inWords(edges[1])}; only one switch can say which of its events comes first`;
  return { rejection: { code: 'nonlocal', message, details: { edges, switches } }, occurrence: b.occurrences[0] };
}

/**
 * The line that would make a block acceptable: the events of one switch can be ordered, unless one history would lead
 * to two states (spec 2.5).
 */
function orderedLine({ labels }: TransitionSystem, { indices, isOrdered, edges }: Block): string {
  const switches = new Set(edges.map(({ label }) => labels[label]!.at.switch));
  const ends = new Set(edges.map(({ from, label }) => `${from},${label}`));
  if (isOrdered || switches.size !== 1 || ends.size < edges.length) return '';
  const line = `\`ordered ${showIndices(indices)};\``;
  return `; all these events lie at switch ${[...switches][0]}, so ${line} would make their order count, and the program acceptable`;
}

function structureReason(
  system: TransitionSystem,
  structure: EventStructure,
  broken: Exclude<BrokenCondition, { code: 'cycle' | 'unordered' }>,
): Reason {
  const { block } = broken;
  const show = (set: bigint) => describeEvents(system, structure, set);
  const all = show(setOf(structure.events.keys()));
  const list = (events: readonly ShownEvent[]) => setInWords(all, events);
  switch (broken.code) {
    case 'undetermined': {
      const [p, q] = broken.paths;
      const shown = (path: Path) => path.map((edge: Edge) => showBlockEdge(system, block, edge));
      const states = ([path]: [Path]) =>
        [system.initial, ...shown(path).map(({ to }) => to)].map((s) => `[${s}]`).join(' -> ');
      const set = show(broken.set);
      const message =
        `the same events, ${list(set)}, lead to different configurations by different paths: ` +
        `${states([p])} and ${states([q])}${orderedLine(system, block)}`;
      const details = { set, paths: [shown(p), shown(q)] as const };
      return { rejection: { code: broken.code, message, details }, occurrence: q[q.length - 1]?.occurrences[0] };
    }
    case 'incomplete': {
      const sets = [show(broken.sets[0]), show(broken.sets[1])] as const;
      const [union, upper] = [show(broken.union), show(broken.upper)];
      const message =
        `${list(sets[0])} and ${list(sets[1])} can both be part of ${list(upper)}, ` +
        `but nothing says what to do when just ${list(union)} have occurred${orderedLine(system, block)}`;
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
      const occurrence = block.edges.find((edge) => edge.label === label)?.occurrences[0];
      return { rejection: { code: broken.code, message, details: { set, switches: broken.switches } }, occurrence };
    }
  }
}
