import { LimitReached, type Limits } from '../base/limits.js';
import { outgoingEdges } from './components.js';
import type { Naming } from './naming.js';
import { type History, mostCounts, type PathEnd, type Paths } from './paths.js';
import type { Block } from './transition-system.js';

type Happened = Pick<PathEnd, 'counts' | 'histories' | 'state'> & {
  /**
   * For each group whether more of its labels have happened than the history says, which has no event that is listed.
   */
  readonly isPast: readonly boolean[];
};

/**
 * What can happen together on paths of a block of any length, of the events that are listed: numbers of labels are cut
 * off at the number of the label's events, histories where they are not listed any more (spec 2.5: con is decided
 * exactly).
 */
export function consistentEnds(
  block: Block,
  { groupOf, counted, groups }: Naming,
  { ends, extended }: Paths,
  limits: Limits,
): Pick<PathEnd, 'counts' | 'histories'>[] {
  const most = mostCounts({ counted }, ends);
  const outgoing = outgoingEdges(block);
  const step = ({ counts, histories, isPast }: Happened, label: number): Omit<Happened, 'state'> => {
    const group = groupOf.get(label);
    if (group === undefined) {
      const place = counted.indexOf(label);
      return { counts: counts.with(place, Math.min(counts[place]! + 1, most[place]!)), histories, isPast };
    }
    if (isPast[group]) return { counts, histories, isPast };
    const next: History | undefined = extended(group, histories[group], label);
    if (next === undefined) return { counts, histories, isPast: isPast.with(group, true) };
    return { counts, histories: histories.with(group, next), isPast };
  };
  const start: Happened = {
    counts: counted.map(() => 0),
    histories: groups.map(() => undefined),
    isPast: groups.map(() => false),
    state: 0,
  };
  const keyOf = ({ state, counts, histories, isPast }: Happened) =>
    `${state}|${counts}|${histories.map((history) => history?.id)}|${isPast}`;
  const all = [start];
  const seen = new Set([keyOf(start)]);
  for (const here of all)
    for (const { label, to } of outgoing[here.state]!) {
      const next = { state: to, ...step(here, label) };
      const key = keyOf(next);
      if (seen.has(key)) continue;
      seen.add(key);
      if (seen.size > limits.paths) throw new LimitReached(`more than ${limits.paths} consistent sets of events`);
      all.push(next);
    }
  return all;
}
