import { showEvents } from '../../base/event-set-notation.js';
import { greatest } from '../../base/extremes.js';
import type { ShownEventSet } from '../../execution/execution.js';
import { count, ordinal } from '../count.js';
import { counterexamplesOf } from '../result/checks.js';
import { blockName, eventName, partName } from '../result/events-in-words.js';
import type { Result, ShownBlock, ShownEvent } from '../result/result.js';

/** Of longer lists the beginning is shown. */
const maxListed = 12;

export const margin = ' '.repeat(22);

/** A line with a heading before it. */
const headed = (heading: string, text: string): string => `  ${heading.padEnd(20)}${text}`;

/** Lines under a heading: of many only the first, and how many more there are. */
function listed(lines: readonly string[]): string[] {
  const more = lines.length - maxListed;
  const shown = more > 1 ? lines.slice(0, maxListed) : lines;
  return [...shown, ...(more > 1 ? [`and ${more.toLocaleString('en')} more`] : [])].map((line) => margin + line);
}

/** The state and what happens, block by block where it falls into several (spec 2.4); and the rules. */
export function structureLines(result: Result): string[] {
  const { ets, nes, rules } = result;
  const lines: string[] = [];
  if (ets) lines.push(systemLine(ets, nes?.blocks));
  for (const one of nes ? eventLines(result, nes) : []) lines.push(one);
  if (rules) {
    const { guarded, shared, total } = rules;
    lines.push(
      headed(
        'rules',
        `${guarded} to forward, ${shared} with shared tags; ${total.toLocaleString('en')} table entries in all`,
      ),
    );
  }
  return lines;
}

const sizeOf = ({ states, edges }: { readonly states: number; readonly edges: number }): string =>
  `${count(states, 'state')}, ${count(edges, 'edge')}`;

/** The blocks in which something happens. */
const happeningIn = (blocks: readonly ShownBlock[]): ShownBlock[] => blocks.filter(({ edges }) => edges.length > 0);

function systemLine(
  { states, edges, complete }: NonNullable<Result['ets']>,
  blocks: readonly ShownBlock[] = [],
): string {
  const several = happeningIn(blocks);
  const least = complete === false ? 'at least ' : '';
  if (several.length < 2)
    return headed('transition system', `${least}${sizeOf({ states: states.length, edges: edges.length })}`);
  const sum = (size: (block: ShownBlock) => number) => several.reduce((total, block) => total + size(block), 0);
  const size = sizeOf({ states: sum(({ states }) => states.length), edges: sum(({ edges }) => edges.length) });
  const together = several.reduce((product, block) => product * block.states.length, 1);
  return headed(
    'transition system',
    `${several.length} blocks of the state: ${size}; ${count(together, 'state')} together`,
  );
}

function eventLines(result: Result, nes: NonNullable<Result['nes']>): string[] {
  const { blocks, events } = nes;
  const happening = happeningIn(blocks);
  const local = nes.locallyDetermined ? '' : ', not locally determined';
  const [only, ...others] = happening;
  const clocks = happening.filter(({ clock }) => clock !== null);
  const counted = happening.filter(({ clock }) => clock === null);
  const about =
    others.length > 0
      ? `${happening.length} structures, one for each block`
      : only
        ? structureOf(only, nes)
        : `1 event-set: ${showEvents([])}`;
  return [
    headed('event structure', `${about}${local}`),
    ...listed(
      others.length === 0
        ? []
        : happening.map((block) => {
            const size = sizeOf({ states: block.states.length, edges: block.edges.length });
            return `${blockName(block)}: ${size}; ${structureOf(block, nes)}`;
          }),
    ),
    ...listed(counted.flatMap((block) => labelLines(block, events))),
    ...listed(clocks.flatMap((block) => automatonLines(block, others.length === 0))),
    ...listed(mentioned(happening, result, events)),
  ];
}

/** What a block's structure is: a clock, or so many event-sets. */
function structureOf({ clock, eventSets, complete }: ShownBlock, { bound }: NonNullable<Result['nes']>): string {
  if (clock !== null) return `a clock at switch ${clock}: the order of its events there counts`;
  const unrolled = complete === false && bound !== null ? `, loops unrolled to paths of ${bound}` : '';
  const sets = eventSets.length <= maxListed ? `: ${eventSets.map(showEvents).join(' ')}` : '';
  return `${count(eventSets.length, 'event-set')}${unrolled}${sets}`;
}

/** A clock as what it is: an automaton, an edge a line. */
function automatonLines(block: ShownBlock, isWhole: boolean): string[] {
  const show = (state: readonly number[]) => partName({ ...block, isWhole }, state);
  const width = greatest(block.edges.map(({ from }) => show(from).length));
  return block.edges.map(({ from, to, event }) => `${show(from).padEnd(width)} -> ${show(to)} when ${event}`);
}

/**
 * A line for each label whose events are counted: `e0 and e1 = ip_dst=H4 arrives at 4:1, for the 1st and 2nd time`;
 * of a label whose events are named by their histories, how many there are.
 */
function labelLines({ events: own }: ShownBlock, events: readonly ShownEvent[]): string[] {
  const byLabel = new Map<string, ShownEvent[]>();
  for (const event of own.map((id) => events[id]!)) {
    const label = `${event.formula} arrives at ${event.at}`;
    byLabel.set(label, [...(byLabel.get(label) ?? []), event]);
  }
  return [...byLabel].map(([label, same]) => {
    const [first] = same;
    const last = same.at(-1)!;
    if (same.length === 1) return `e${first!.id} = ${label}`;
    const and = same.length === 2 ? ' and ' : ' to ';
    const names = `e${first!.id}${and}e${last.id} = ${label}`;
    return first!.time === undefined
      ? `${names}, for the 1st${and}${ordinal(same.length)} time`
      : `${names}, by what came before at its switch`;
  });
}

/** The events of histories that a counterexample names, each by what came before it. */
function mentioned(blocks: readonly ShownBlock[], result: Result, events: readonly ShownEvent[]): string[] {
  const ids = new Set(
    counterexamplesOf(result).flatMap(({ counterexample: { steps, occurrences } }) => [
      ...occurrences.map(({ event }) => event),
      ...steps.flatMap((step): ShownEventSet => {
        if (step.rule === 'SW') return [...step.detected, ...step.eventSet];
        return step.rule === 'CTRLSEND' ? step.eventSet : [];
      }),
    ]),
  );
  return blocks
    .flatMap(({ events: own }) => own)
    .filter((id) => ids.has(id) && events[id]!.time !== undefined)
    .map((id) => `e${id} = ${eventName(events, events[id]!)}`);
}
