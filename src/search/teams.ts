import type { Problem } from '../engines/engine.js';
import { type Sender, sendersOf } from '../packets/senders.js';

/** A few packets that may enter, however often, and the blocks of the state that change by what they can cause. */
export interface Team {
  readonly senders: readonly Sender[];
  readonly blocks: ReadonlySet<number>;
}

/** A search of a few packets ends within seconds. */
const mostSenders = 6;

/**
 * Teams in which a violation is to be looked for first, lazily: for two labels (of different blocks first, for what
 * goes wrong mostly goes wrong between events that know nothing of each other), a packet that matches each of them, and
 * packets whose way depends on what these change, but which cause nothing else. Every execution in which only these
 * enter is one of the program, so that what is found there is found. @throws LimitReached
 */
export function* teamsOf(problem: Problem): Generator<Team> {
  const { structure } = problem;
  const senders = sendersOf(problem);
  const blockOf = new Map<number, number>();
  for (const [label, events] of structure.eventsOf.entries())
    if (events.length > 0) blockOf.set(label, structure.blocks.indexOf(structure.blockOf[events[0]!]!));
  const labels = [...blockOf.keys()];
  const pairs = labels.flatMap((second, i) => labels.slice(0, i).map((first) => [first, second] as const));
  const areApart = ([a, b]: readonly [number, number]) => blockOf.get(a) !== blockOf.get(b);
  const ordered = [...pairs.filter(areApart), ...pairs.filter((pair) => !areApart(pair))];
  for (const pair of labels.length === 1 ? [[labels[0]!]] : ordered) {
    const team = teamFor(pair, senders, blockOf);
    if (team) yield team;
  }
}

function teamFor(
  labels: readonly number[],
  senders: readonly Sender[],
  blockOf: ReadonlyMap<number, number>,
): Team | undefined {
  const wanted = new Set(labels);
  const own = new Set(labels.map((label) => blockOf.get(label)!));
  const causesOthers = (sender: Sender) => [...sender.labels].filter((label) => !wanted.has(label)).length;
  /** How much a packet's way depends on what the labels change. */
  const watches = ({ blocks }: Sender) => [...own].filter((block) => blocks.has(block)).length;
  const better = (a: Sender, b: Sender) => causesOthers(a) - causesOthers(b) || watches(b) - watches(a);
  const chosen = new Set<Sender>();
  for (const label of labels) {
    const [trigger] = senders.filter((sender) => sender.labels.has(label)).sort(better);
    if (!trigger) return undefined;
    chosen.add(trigger);
  }
  const hosts = new Set([...chosen].map(({ host }) => host));
  const watchers = senders.filter((sender) => causesOthers(sender) === 0 && watches(sender) > 0);
  const near = (sender: Sender) => Number(hosts.has(sender.host));
  for (const watcher of watchers.sort((a, b) => near(b) - near(a) || watches(b) - watches(a)))
    if (chosen.size < mostSenders) chosen.add(watcher);
  const blocks = [...chosen].flatMap((sender) => [...sender.labels].flatMap((label) => blockOf.get(label) ?? []));
  return { senders: [...chosen], blocks: new Set(blocks) };
}
