import { contains } from '../../events/event-set.js';
import type { SetId } from '../knowledge.js';
import type { Observer, Relabelling } from '../observer.js';
import type { CopyKind } from '../packet-space.js';
import { encodeState, type NetworkState, switchesTurn, withGhosts } from '../state.js';
import type { MachineSetting, Transition } from '../steps.js';
import { type Automorphism, automorphisms } from './automorphisms.js';
import { compareTold } from './covered-items.js';

/** What stands for all states that differ in names only. */
export interface Symmetry {
  /**
   * The state that stands for a given one, and the number of the automorphism that maps the given one to it (0: none,
   * only the packets are reordered).
   */
  readonly canonical: (state: NetworkState) => { readonly state: NetworkState; readonly by: number };
  /**
   * Turns a way through representatives, each standing for the state that the step before it has led to, into a way
   * that a network really takes. `by` is the number that `canonical` gave for the step's result.
   */
  readonly undone: <Taken extends { readonly from: NetworkState; readonly action: Transition; readonly by: number }>(
    way: readonly Taken[],
  ) => Taken[];
}

/** A network whose hosts, switches, ports and events have names. */
type Named = Pick<MachineSetting, 'knowledge' | 'variant' | 'space' | 'observer' | 'switches'>;

export const noSymmetry: Symmetry = {
  canonical: (state) => ({ state, by: 0 }),
  undone: (way) => [...way],
};

/**
 * States that are the same but for names are one (the reduction `symmetry`).
 *
 * - Packets that an observer remembers are interchangeable: their order is that of their copies' places, not of their
 *   entry. Nothing asks for the order of entry: rules and theorems know packets only by what becomes of them.
 * - Hosts, switches, ports and events that an automorphism of the program maps onto each other: it maps every execution
 *   to one of as many packets and steps, which breaks what the other breaks. Of the images of a state the least row of
 *   integers stands for all. A way is found through representatives; `undone` takes the automorphisms along it back.
 */
export function symmetryOf(setting: Named, switchOf: readonly number[]): Symmetry {
  const { knowledge: k, variant, space, observer, switches } = setting;
  const found = variant.forwardsBy === 'tag' ? automorphisms(k.structure, space, switchOf, switches.length) : [];
  const images = found.map((one) => imager(setting, one));
  const row: number[] = [];
  const rowOf = (state: NetworkState) => row.slice(0, encodeState(state, row));
  const sorted = (state: NetworkState): NetworkState =>
    state.controllerQueue.length < 2
      ? state
      : { ...state, controllerQueue: [...state.controllerQueue].sort(compareTold) };

  return {
    canonical: (state) => {
      const arrangedIn = arranged(observer, state);
      let best = arrangedIn === state ? state : sorted(arrangedIn);
      if (images.length === 0) return { state: best, by: 0 };
      let words = rowOf(best);
      let by = 0;
      for (const [i, image] of images.entries()) {
        const other = sorted(arranged(observer, image.state(state)));
        const otherWords = rowOf(other);
        if (!isLess(otherWords, words)) continue;
        best = other;
        words = otherWords;
        by = i + 1;
      }
      return { state: best, by };
    },
    undone: (way) => {
      let back: Automorphism | undefined;
      return way.map((taken) => {
        const real = back ? { ...taken, ...renamedStep(imager(setting, back), back, taken) } : taken;
        const by = found[taken.by - 1];
        if (by) back = back ? after(back, inverse(by)) : inverse(by);
        return real;
      });
    },
  };
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i]! < b[i]!;
  return a.length < b.length;
}

/**
 * The state with its remembered packets in the order of the queues where their first copies wait; packets without
 * copies come last, in their old order.
 */
function arranged(observer: Observer, state: NetworkState): NetworkState {
  const count = observer.remembered(state.global);
  if (count < 2) return state;
  const order: number[] = [];
  const note = (slot: number) => {
    if (slot >= 0 && !order.includes(slot)) order.push(slot);
  };
  for (const queue of state.queues) for (const { ghost } of queue) note(observer.packetOf(ghost));
  for (let slot = 0; slot < count; slot++) note(slot);
  if (order.every((slot, i) => slot === i)) return state;
  const { global, renaming } = observer.rearranged(state.global, order);
  return { ...withGhosts(state, renaming), global };
}

interface Image {
  readonly set: (set: SetId) => SetId;
  readonly state: (state: NetworkState) => NetworkState;
}

/** The images of states under an automorphism. Q is left in its order. */
function imager({ knowledge: k, variant, space, observer }: Named, one: Automorphism): Image {
  const inputs = space.queues.length;
  const sets = new Map<SetId, SetId>();
  const renamedSet = (set: SetId): SetId =>
    one.events.reduce((image, to, from) => (contains(k.set(set), from) ? k.add(image, to) : image), 0);
  const set = (before: SetId): SetId => {
    const result = sets.get(before) ?? renamedSet(before);
    sets.set(before, result);
    return result;
  };
  const relabelling: Relabelling = { event: (id) => one.events[id]!, set, tag: (index) => one.tags[index]! };
  const { global, past, copy } = observer.image(relabelling);
  const item = variant.itemsAreSets ? set : (label: number) => one.labels[label]!;
  // Copies that leave a network have no kind, and queues of their own come after those that lead to switches
  // (links.ts).
  const kind = (before: CopyKind): CopyKind => one.kinds.get(before) ?? before;
  const queueOf = (queue: number): number => {
    if (queue < inputs) return one.queues[queue]!;
    return queue < 2 * inputs ? inputs + one.queues[queue - inputs]! : queue;
  };
  const imageOf = (state: NetworkState): NetworkState => {
    const eventSets = [...state.eventSets];
    const ghosts = [...state.ghosts];
    const oldest = [...state.oldest];
    for (const [n, to] of one.switches.entries()) {
      eventSets[to] = set(state.eventSets[n]!);
      ghosts[to] = past(state.ghosts[n]!);
      oldest[to] = state.oldest[n]!;
    }
    const queues = [...state.queues];
    for (const [queue, copies] of state.queues.entries())
      queues[queueOf(queue)] = copies.map((one) => ({
        kind: kind(one.kind),
        digest: set(one.digest),
        ghost: copy(one.ghost),
      }));
    return {
      global: global(state.global),
      turn: state.turn < switchesTurn ? state.turn : switchesTurn + one.switches[state.turn - switchesTurn]!,
      versions: state.versions.map((version) => ({ ...version, set: set(version.set), ghost: past(version.ghost) })),
      controllerQueue: state.controllerQueue.map((told) => ({ item: item(told.item), ghost: past(told.ghost) })),
      eventSets,
      ghosts,
      oldest,
      queues,
    };
  };
  return { set, state: imageOf };
}

/** The image of a step under an automorphism. */
function renamedStep(
  image: Image,
  one: Automorphism,
  { from, action }: { readonly from: NetworkState; readonly action: Transition },
): { readonly from: NetworkState; readonly action: Transition } {
  const renamed = (): Transition => {
    switch (action.rule) {
      case 'IN':
        return { ...action, ingress: one.ingresses[action.ingress]! };
      case 'SW':
      case 'LINK':
        return { ...action, queue: one.queues[action.queue]! };
      case 'CTRLSEND':
        return { ...action, switch: one.switches[action.switch]!, eventSet: image.set(action.eventSet) };
      case 'OUT':
      case 'CTRLRECV':
        return action;
    }
  };
  return { from: image.state(from), action: renamed() };
}

/** The automorphism that applies first `b`, then `a`. */
function after(a: Automorphism, b: Automorphism): Automorphism {
  const list = (key: 'switches' | 'queues' | 'ingresses' | 'labels' | 'events' | 'tags') =>
    b[key].map((to) => a[key][to]!);
  return {
    switches: list('switches'),
    queues: list('queues'),
    ingresses: list('ingresses'),
    labels: list('labels'),
    events: list('events'),
    tags: list('tags'),
    kinds: new Map([...b.kinds].map(([from, to]) => [from, a.kinds.get(to)!])),
  };
}

function inverse(one: Automorphism): Automorphism {
  const list = (images: readonly number[]) => images.map((_, to) => images.indexOf(to));
  return {
    switches: list(one.switches),
    queues: list(one.queues),
    ingresses: list(one.ingresses),
    labels: list(one.labels),
    events: list(one.events),
    tags: list(one.tags),
    kinds: new Map([...one.kinds].map(([from, to]) => [to, from])),
  };
}
