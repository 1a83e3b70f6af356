import { compareNumberLists, contains, type EventSet, emptySet, members, singleton } from '../../events/event-set.js';
import type { EventStructure } from '../../events/event-structure.js';
import type { CopyKind, Forwarded, PacketSpace } from '../packet-space.js';

/** A renaming under which the network of a program is the same: each list says what an index becomes. */
export interface Automorphism {
  readonly switches: readonly number[];
  readonly queues: readonly number[];
  readonly ingresses: readonly number[];
  readonly labels: readonly number[];
  readonly events: readonly number[];
  /** Of event-sets, by index. */
  readonly tags: readonly number[];
  readonly kinds: ReadonlyMap<CopyKind, CopyKind>;
}

/**
 * The most automorphisms that are kept. With fewer than all, fewer states are found to be the same; but each costs an
 * image of every state that is reached: with 48, stars of 7 took 4 times as long as with 4, for 3 times fewer states.
 */
const most = 6;
/** After so many guesses and renamed event-sets, no more automorphisms are looked for. */
const patience = 50_000;
/** How many guesses are left. */
interface Guesses {
  left: number;
}

/**
 * With more ingresses and kinds of packets than this, no automorphisms are looked for: agreeing on them takes nested
 * calls, some 20 for each.
 */
const largest = 150;
/**
 * With more event-sets than this, no automorphisms are looked for: what observers remember is then long, and its images
 * cost more than they save.
 */
export const mostEventSets = 100;

/**
 * The automorphisms of a program and its network, except the identity (the reduction `symmetry`). Packets must be
 * forwarded by their tags, and the program must have no loops.
 *
 * They are not looked for in the text of the program, but in what the rules ask of it: the event-sets, from which con,
 * ⊢ and g come; the packets that can enter, with their trees; the labels that a copy matches; the hops. All of that is
 * compared here, so that whatever is found is one. Events at one place keep their order, for a switch detects them in
 * order of id (spec 3.1).
 */
export function automorphisms(
  structure: EventStructure,
  space: PacketSpace,
  switchOf: readonly number[],
  switches: number,
): readonly Automorphism[] {
  const { bound, eventSets } = structure;
  if (bound !== null || eventSets.length > mostEventSets || sizeOf(structure, space) > largest) return [];
  const found = new Map<string, Automorphism>();
  const guesses: Guesses = { left: patience };
  for (const events of renamedEvents(structure)) {
    guesses.left -= eventSets.length;
    if (guesses.left < 0 || found.size >= most) break;
    const renamed = eventsRenamed(structure, events);
    for (const one of renamed ? networksRenamed(space, switchOf, switches, { events, ...renamed }, guesses) : []) {
      const key = JSON.stringify([one.events, one.ingresses, one.queues, [...one.kinds].sort(([a], [b]) => a - b)]);
      if (!isIdentity(one)) found.set(key, one);
    }
  }
  return [...found.values()];
}

/** The number of ingresses, and of kinds that copies come to. */
function sizeOf({ eventSets }: EventStructure, space: PacketSpace): number {
  if (space.ingresses.length > largest) return space.ingresses.length;
  const kinds = new Set<CopyKind>();
  for (const ingress of space.ingresses.keys())
    for (const tag of eventSets.keys()) kinds.add(space.enter(ingress, tag)[0]!.kind);
  for (const kind of kinds)
    for (const { moves } of space.forward(kind, 0)) for (const move of moves) kinds.add(move.kind);
  return space.ingresses.length + kinds.size;
}

const isIdentity = ({ switches, queues, ingresses, events, kinds }: Automorphism): boolean =>
  [switches, queues, ingresses, events].every((list) => list.every((to, from) => to === from)) &&
  [...kinds].every(([from, to]) => from === to);

/**
 * Every way to exchange places where equally many events occur, as a renaming of events that keeps their order at each
 * place.
 */
function* renamedEvents({ events, eventSets }: EventStructure): Generator<readonly number[]> {
  /** For each event, the sizes of the event-sets that contain it: equal for events that an automorphism exchanges. */
  const standing = events.map(({ id }) =>
    eventSets
      .filter((set) => contains(set, id))
      .map((set) => members(set).length)
      .join(),
  );
  const places = new Map<string, number[]>();
  for (const { id, at } of events) {
    const key = `${at.switch}:${at.port}`;
    places.set(key, [...(places.get(key) ?? []), id]);
  }
  const groups = [...places.values()];
  function* assign(
    next: number,
    free: readonly (readonly number[])[],
    renaming: readonly number[],
  ): Generator<readonly number[]> {
    const group = groups[next];
    if (!group) return yield renaming;
    for (const [i, target] of free.entries()) {
      if (target.length !== group.length) continue;
      if (group.some((event, j) => standing[event] !== standing[target[j]!])) continue;
      const grown = [...renaming];
      for (const [j, event] of group.entries()) grown[event] = target[j]!;
      yield* assign(
        next + 1,
        free.filter((_, f) => f !== i),
        grown,
      );
    }
  }
  yield* assign(0, groups, []);
}

const imageOf = (events: readonly number[], set: EventSet): EventSet =>
  events.reduce((image, to, from) => (contains(set, from) ? image | singleton(to) : image), emptySet);

/** What labels and event-sets become, if the renamed events make the same structure. */
function eventsRenamed(
  { eventSets, eventsOf }: EventStructure,
  events: readonly number[],
): Pick<Automorphism, 'labels' | 'tags'> | undefined {
  const tags = eventSets.map((set) => eventSets.indexOf(imageOf(events, set)));
  // Labels without events change nothing, wherever they are matched; they stay what they are.
  const labels = eventsOf.map((ofLabel, label) =>
    ofLabel.length === 0
      ? label
      : eventsOf.findIndex((other) =>
          areEqual(
            other,
            ofLabel.map((event) => events[event]!),
          ),
        ),
  );
  return [...tags, ...labels].includes(-1) ? undefined : { tags, labels };
}

const ascending = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);
const areEqual = (a: readonly number[], b: readonly number[]): boolean => compareNumberLists(a, b) === 0;

type Renamed = Pick<Automorphism, 'events' | 'labels' | 'tags'>;

/**
 * Every renaming of the network that goes with renamed events: what ingresses become is guessed, and each guess is
 * followed wherever its packets can come.
 */
function networksRenamed(
  space: PacketSpace,
  switchOf: readonly number[],
  switches: number,
  renamed: Renamed,
  guesses: Guesses,
): Automorphism[] {
  const found: Automorphism[] = [];
  const ingresses = bijection();
  const queues = bijection();
  const places = bijection();
  const kinds = bijection();

  /** What remains to be agreed on. If it returns false, the caller tries something else. */
  type Then = () => boolean;
  const allOf = <Item>(items: readonly Item[], agree: (item: Item, then: Then) => boolean, then: Then): boolean => {
    const [item, ...rest] = items;
    return item === undefined ? then() : agree(item, () => allOf(rest, agree, then));
  };
  /** Pairs off two lists in whatever order. */
  const pairOff = <Item>(
    from: readonly Item[],
    to: readonly Item[],
    agree: (a: Item, b: Item, then: Then) => boolean,
    then: Then,
  ): boolean => {
    const [item, ...rest] = from;
    if (from.length !== to.length) return false;
    if (item === undefined) return then();
    return to.some((other, i) => {
      const left = to.filter((_, j) => j !== i);
      return guesses.left-- >= 0 && agree(item, other, () => pairOff(rest, left, agree, then));
    });
  };

  const queueAgrees = (from: number, to: number, then: Then): boolean =>
    queues.bind(from, to, () => places.bind(switchOf[from]!, switchOf[to]!, then));
  const kindAgrees = (from: CopyKind, to: CopyKind, then: Then): boolean => {
    if (kinds.of(from) === to) return then();
    const labels = space.labels(from).map((label) => renamed.labels[label]!);
    if (!areEqual(ascending(labels), ascending(space.labels(to)))) return false;
    return kinds.bind(from, to, () => pairOff(space.forward(from, 0), space.forward(to, 0), hopAgrees, then));
  };
  /** Copies to one queue keep their order; what goes to different queues has none. */
  const hopAgrees = (from: Forwarded, to: Forwarded, then: Then): boolean =>
    from.exits === to.exits && pairOff(byQueue(from), byQueue(to), sentAgrees, then);
  const sentAgrees = ([from, a]: Sent, [to, b]: Sent, then: Then): boolean =>
    a.length === b.length &&
    queueAgrees(from, to, () => allOf([...a.keys()], (i, next) => kindAgrees(a[i]!, b[i]!, next), then));
  const entryAgrees = (from: number, to: number, then: Then): boolean => {
    const starts = new Map<CopyKind, CopyKind>();
    for (const [tag, image] of renamed.tags.entries()) {
      const [a, b] = [space.enter(from, tag)[0]!, space.enter(to, image)[0]!];
      const treeOf = ascending(a.treeOf.map((set) => renamed.tags[set]!));
      if (!areEqual(treeOf, b.treeOf) || (starts.get(a.kind) ?? b.kind) !== b.kind) return false;
      starts.set(a.kind, b.kind);
    }
    return allOf([...starts], ([a, b], next) => kindAgrees(a, b, next), then);
  };
  const ingressAgrees = (from: number, to: number, then: Then): boolean => {
    const [a, b] = [space.ingresses[from]!, space.ingresses[to]!];
    if (a.inert !== b.inert) return false;
    return ingresses.bind(from, to, () => queueAgrees(a.queue, b.queue, () => entryAgrees(from, to, then)));
  };

  const all = [...space.ingresses.keys()];
  pairOff(all, all, ingressAgrees, () => {
    found.push({
      ...renamed,
      ingresses: ingresses.list(all.length),
      queues: queues.list(space.queues.length),
      switches: places.list(switches),
      kinds: kinds.map(),
    });
    return found.length >= most;
  });
  return found;
}

type Sent = readonly [queue: number, kinds: readonly CopyKind[]];

function byQueue({ moves }: Forwarded): Sent[] {
  const sent = new Map<number, CopyKind[]>();
  for (const { queue, kind } of moves) sent.set(queue, [...(sent.get(queue) ?? []), kind]);
  return [...sent];
}

/** A one-to-one relation, as far as its pairs have been agreed on. */
function bijection() {
  const to = new Map<number, number>();
  const back = new Map<number, number>();
  return {
    of: (from: number) => to.get(from),
    /** Agrees on a pair for as long as `then` takes. */
    bind: (from: number, image: number, then: () => boolean): boolean => {
      if (to.has(from) || back.has(image)) return to.get(from) === image && then();
      to.set(from, image);
      back.set(image, from);
      const result = then();
      to.delete(from);
      back.delete(image);
      return result;
    },
    map: () => new Map(to),
    /**
     * What is never reached is mapped to itself, which does no harm: what is reached is mapped onto what is reached.
     */
    list: (length: number) => Array.from({ length }, (_, from) => to.get(from) ?? from),
  };
}
