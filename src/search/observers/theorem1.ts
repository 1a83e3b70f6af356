import { rememberingPairs } from '../../base/pairs.js';
import type { Knowledge, SetId } from '../../network/knowledge.js';
import { memoryOf } from '../../network/memory.js';
import type { Entered, Ghost, ObservedSwitchStep, Observer, Relabelling, Renaming } from '../../network/observer.js';
import type { EnteringPacket, Forwarded } from '../../network/packet-space.js';
import { type Definition, renamedTags, type Standing } from './definition.js';
import { type Interner, interner } from './interner.js';
import { ascending, finalHops, type Past, type Pasts, pastsOf } from './pasts.js';

/** A copy in a queue: the past of the step that sent it, its packet if that is remembered (else -1), and its tree. */
interface CopyGhost {
  readonly past: Ghost;
  readonly slot: number;
  /** The number of its tree in `trees`. */
  readonly tree: number;
}

/** A packet that is remembered: how it stands, its copies under way, and its final hops so far. */
interface Remembered<Claim> {
  readonly standing: Standing<Claim>;
  readonly copies: number;
  readonly finals: number;
}

interface Global<Timeline, Claim> {
  readonly timeline: Timeline;
  /** In order of entry; a packet's place here is its slot. */
  readonly packets: readonly Remembered<Claim>[];
}

/** Theorem 1 in one of its definitions, and what the ghosts mean that watch for it. */
interface Watch<Timeline, Claim> {
  readonly k: Knowledge;
  readonly definition: Definition<Timeline, Claim>;
  readonly forgets: boolean;
  readonly pasts: Pasts;
  readonly trees: Interner<EnteringPacket['treeOf']>;
  readonly copies: Interner<CopyGhost>;
  readonly globals: Interner<Global<Timeline, Claim>>;
  /** The global ghost of every execution that is broken whatever follows, if the watch forgets. */
  readonly broken: Ghost;
}

/** A copy that a switch takes, with the switch's past so far. */
interface Arrival {
  readonly atSwitch: Ghost;
  readonly copy: Ghost;
  readonly labels: readonly number[];
  /** How many copies the switch sends on. */
  readonly moves: number;
}

/** Nothing matters any more: every part of the state forgets. */
const oblivion: Renaming = { past: () => 0, copy: () => 0 };

/**
 * Watches executions for Theorem 1 (paper §4.3; spec 4.1, 4.3, 4.4).
 *
 * Happens-before is carried along as the paper's switches carry event-sets: with every switch, copy, item and the
 * controller goes the set of events whose occurrence ≺ its last step. Packets are remembered with their final hops: all
 * located packets of a packet ≺ a step iff no copy of it is under way and all its final hops ≺ the step.
 *
 * With `forgets` (of the reduction `history`) only packets whose standing is open are remembered: a packet that is kept
 * stays so whatever follows, and nothing else depends on it; once a packet is broken, the execution is broken whatever
 * follows.
 */
export function theorem1Observer<Timeline, Claim>(
  k: Knowledge,
  definition: Definition<Timeline, Claim>,
  forgets: boolean,
): Observer {
  const w = watchFor(k, definition, forgets);
  const { pasts, trees, copies, globals, broken } = w;
  const { join } = pasts;

  const without = rememberingPairs((copy, past) => {
    const { past: own, slot, tree } = copies.value(copy);
    return copies.id({ past: pasts.minus(own, past), slot, tree });
  });

  const processed = new Map<number, ObservedSwitchStep>();
  const entered = new Map<number, readonly Entered[]>();
  /** Pairs of numbers as one number each, so that what is asked for is found by numbers alone; 0 is no pair. */
  let numbered = 1;
  const numberOf = rememberingPairs(() => numbered++);
  const labelsId = (labels: readonly number[]): number => labels.reduce((list, label) => numberOf(list, label), 0);
  // Entries are made once, so that the list itself can be looked up.
  const treeIds = new Map<EnteringPacket['treeOf'], number>();
  const treeId = (treeOf: EnteringPacket['treeOf']): number => {
    const id = treeIds.get(treeOf) ?? trees.id(treeOf);
    treeIds.set(treeOf, id);
    return id;
  };
  return {
    initial: globals.id({ timeline: definition.start, packets: [] }),
    enter: (global, past, { treeOf }) => {
      if (forgets && global === broken) return [{ global, copy: 0, settled: true, renaming: undefined }];
      const tree = treeId(treeOf);
      const key = numberOf(numberOf(global + 1, past), tree);
      const result = entered.get(key) ?? [enter(w, global, past, tree)];
      entered.set(key, result);
      return result;
    },
    process: (global, atSwitch, copy, labels, { moves }: Forwarded) => {
      if (forgets && global === broken) return { global, past: 0, copies: moves.map(() => 0), renaming: undefined };
      const key = numberOf(numberOf(numberOf(numberOf(global + 1, atSwitch), copy), moves.length), labelsId(labels));
      const result = processed.get(key) ?? process(w, global, { atSwitch, copy, labels, moves: moves.length });
      processed.set(key, result);
      return result;
    },
    receive: definition.throughController ? join : () => 0,
    send: definition.throughController ? join : (past) => past,
    without: (copy, past) => (copy === 0 || past === 0 ? copy : without(copy, past)),
    withCommon: pasts.withCommon,
    violated: (global) => global >= 0 && globals.value(global).packets.some(({ standing }) => standing !== 'kept'),
    doomed: (global) => forgets && global === broken,
    saved: (global) => forgets && global >= 0 && globals.value(global).packets.length === 0,
    remembered: (global) => (global < 0 ? 0 : globals.value(global).packets.length),
    packetOf: (copy) => copies.value(copy).slot,
    rearranged: (global, order) => {
      const { timeline, packets } = globals.value(global);
      const inOrder = order.map((slot) => packets[slot]!);
      return { global: globals.id({ timeline, packets: inOrder }), renaming: renumbering(w, order) };
    },
    image: (names) => imageUnder(w, names),
    memory: memoryOf(pasts.memory, trees.memory, copies.memory, globals.memory),
  };
}

function watchFor<Timeline, Claim>(
  k: Knowledge,
  definition: Definition<Timeline, Claim>,
  forgets: boolean,
): Watch<Timeline, Claim> {
  const { start } = definition;
  const globals = interner<Global<Timeline, Claim>>({ timeline: start, packets: [] });
  return {
    k,
    definition,
    forgets,
    pasts: pastsOf(k),
    trees: interner<EnteringPacket['treeOf']>([]),
    copies: interner<CopyGhost>({ past: 0, slot: -1, tree: 0 }),
    globals,
    broken: globals.id({ timeline: start, packets: [{ standing: 'violated', copies: 0, finals: 0 }] }),
  };
}

/** IN: how a packet stands that enters where `past` is the past, and whether it must be remembered. */
function enter<Timeline, Claim>(w: Watch<Timeline, Claim>, global: Ghost, past: Ghost, tree: number): Entered {
  const { definition, forgets, pasts, trees, copies, globals, broken } = w;
  const { timeline, packets } = globals.value(global);
  const standing = definition.enters(timeline, pasts.value(past).events, trees.value(tree));
  const settled = standing === 'kept';
  if (forgets && standing === 'violated') return { global: broken, copy: 0, settled, renaming: oblivion };
  const isRemembered = !(forgets && settled);
  const slot = isRemembered ? packets.length : -1;
  // The paper's definition looks at a packet's tree to say which events occur, so copies carry it there.
  const looksAtTrees = !definition.throughController;
  const copy = copies.id({ past, slot, tree: looksAtTrees ? tree : 0 });
  if (!isRemembered) return { global, copy, settled, renaming: undefined };
  const grown = [...packets, { standing, copies: 1, finals: 0 }];
  return { global: globals.id({ timeline, packets: grown }), copy, settled, renaming: undefined };
}

/** SW: first the events occur that the copy triggers, then it is passed on or has had its final hop. */
function process<Timeline, Claim>(w: Watch<Timeline, Claim>, global: Ghost, arrival: Arrival): ObservedSwitchStep {
  const { forgets, pasts, copies, globals, broken } = w;
  const { moves } = arrival;
  const { past: sent, slot, tree } = copies.value(arrival.copy);
  const before = pasts.value(pasts.join(arrival.atSwitch, sent));
  const occurred = occur(w, globals.value(global), before, arrival);

  let { packets } = occurred;
  let { finals } = before;
  const own = packets[slot];
  if (own && (own.standing !== 'kept' || !forgets)) {
    if (moves === 0) finals = ascending([...finals, finalHops.of(slot, own.finals)]);
    const updated = { ...own, copies: own.copies - 1 + moves, finals: own.finals + (moves === 0 ? 1 : 0) };
    packets = packets.with(slot, updated);
  }
  const remembered = remember(w, occurred.timeline, packets);
  if (remembered.global === broken && forgets)
    return { global: broken, past: 0, copies: new Array(moves).fill(0), renaming: oblivion };
  const past = pasts.id({ events: occurred.events, finals });
  const passedOn = copies.id({ past, slot, tree });
  return { ...remembered, past, copies: new Array(moves).fill(passedOn) };
}

/** The events that occur where a copy arrives: what is then in the past, and how the remembered packets stand. */
function occur<Timeline, Claim>(
  { k, definition, trees, copies }: Watch<Timeline, Claim>,
  global: Global<Timeline, Claim>,
  before: Past,
  { copy, labels }: Arrival,
): Global<Timeline, Claim> & { readonly events: SetId } {
  /** Whether all located packets of a packet ≺ this step; its own are not. */
  const isOver = (packet: Remembered<Claim>, slot: number): boolean =>
    packet.copies === 0 && [...Array(packet.finals).keys()].every((n) => before.finals.includes(finalHops.of(slot, n)));

  let { timeline, packets } = global;
  let { events } = before;
  const treeOf = trees.value(copies.value(copy).tree);
  for (const event of labels.length > 0 ? definition.occurring(timeline, before.events, labels, treeOf) : []) {
    timeline = definition.advance(timeline, event);
    events = k.add(events, event);
    packets = packets.map((packet, slot) => {
      if (packet.standing === 'kept' || packet.standing === 'violated') return packet;
      return { ...packet, standing: definition.revise(packet.standing.open, timeline, event, isOver(packet, slot)) };
    });
  }
  return { timeline, packets, events };
}

/** What is remembered of packets, and how the others are forgotten. */
function remember<Timeline, Claim>(
  w: Watch<Timeline, Claim>,
  timeline: Timeline,
  packets: readonly Remembered<Claim>[],
): { readonly global: Ghost; readonly renaming: Renaming | undefined } {
  const { forgets, globals, broken } = w;
  if (!forgets) return { global: globals.id({ timeline, packets }), renaming: undefined };
  if (packets.some(({ standing }) => standing === 'violated')) return { global: broken, renaming: oblivion };
  const kept = [...packets.keys()].filter((slot) => packets[slot]!.standing !== 'kept');
  return {
    global: globals.id({ timeline, packets: kept.map((slot) => packets[slot]!) }),
    renaming: kept.length < packets.length ? renumbering(w, kept) : undefined,
  };
}

/** The renaming of slots when only the packets in `kept` (old slots) are remembered, in that order. */
function renumbering<Timeline, Claim>({ pasts, copies }: Watch<Timeline, Claim>, kept: readonly number[]): Renaming {
  const slots = new Map(kept.map((slot, i) => [slot, i]));
  const past = (ghost: Ghost): Ghost => pasts.renumbered(ghost, slots);
  const copy = (ghost: Ghost): Ghost => {
    const { past: before, slot, tree } = copies.value(ghost);
    return copies.id({ past: past(before), slot: slots.get(slot) ?? -1, tree });
  };
  return { past, copy };
}

/** What ghosts become when events have other names. */
function imageUnder<Timeline, Claim>(
  { definition, pasts, trees, copies, globals }: Watch<Timeline, Claim>,
  names: Relabelling,
): ReturnType<Observer['image']> {
  const past = remembering((ghost) => {
    const { events, finals } = pasts.value(ghost);
    return pasts.id({ events: names.set(events), finals });
  });
  const copy = remembering((ghost) => {
    const { past: before, slot, tree } = copies.value(ghost);
    return copies.id({ past: past(before), slot, tree: trees.id(renamedTags(trees.value(tree), names.tag)) });
  });
  const standingAs = (standing: Standing<Claim>): Standing<Claim> =>
    typeof standing === 'string' ? standing : { open: definition.claimAs(standing.open, names) };
  const global = remembering((ghost) => {
    if (ghost < 0) return ghost;
    const { timeline, packets } = globals.value(ghost);
    const renamed = packets.map((packet) => ({ ...packet, standing: standingAs(packet.standing) }));
    return globals.id({ timeline: definition.timelineAs(timeline, names), packets: renamed });
  });
  return { past, copy, global };
}

/** A function that computes each result once. */
function remembering(compute: (ghost: Ghost) => Ghost): (ghost: Ghost) => Ghost {
  const results = new Map<Ghost, Ghost>();
  return (ghost) => {
    const known = results.get(ghost);
    if (known !== undefined) return known;
    const result = compute(ghost);
    results.set(ghost, result);
    return result;
  };
}
