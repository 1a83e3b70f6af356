import type { Knowledge, SetId } from '../../network/knowledge.js';
import { nothing } from '../../network/knowledge.js';
import { memoryOf } from '../../network/memory.js';
import type { Entered, Ghost, ObservedSwitchStep, Observer, Renaming } from '../../network/observer.js';
import type { EnteringPacket, Forwarded } from '../../network/packet-space.js';
import { type Definition, renamedTags, type Standing } from './definition.js';
import { interner } from './interner.js';

/** What is in the past of a step: events that occurred, and final hops of packets whose standing is open. */
interface Past {
  readonly events: SetId;
  /** Each final hop as `slot * hopsPerPacket + number`, ascending. */
  readonly finals: readonly number[];
}

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

const hopsPerPacket = 1 << 20;

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
  const pasts = interner<Past>({ events: nothing, finals: [] });
  const trees = interner<EnteringPacket['treeOf']>([]);
  const copies = interner<CopyGhost>({ past: 0, slot: -1, tree: 0 });
  const globals = interner<Global<Timeline, Claim>>({ timeline: definition.start, packets: [] });
  const broken: Ghost = globals.id({
    timeline: definition.start,
    packets: [{ standing: 'violated', copies: 0, finals: 0 }],
  });

  const unions = new Map<number, Ghost>();
  const join = (a: Ghost, b: Ghost): Ghost => {
    if (a === b || b === 0) return a;
    if (a === 0) return b;
    const key = a * 0x4000000 + b;
    const known = unions.get(key);
    if (known !== undefined) return known;
    const [x, y] = [pasts.value(a), pasts.value(b)];
    const finals = [...new Set([...x.finals, ...y.finals])].sort((f, g) => f - g);
    const joined = pasts.id({ events: k.union(x.events, y.events), finals });
    unions.set(key, joined);
    return joined;
  };

  const lighter = new Map<number, Ghost>();
  const without = (copy: Ghost, past: Ghost): Ghost => {
    if (copy === 0 || past === 0) return copy;
    const key = copy * 0x4000000 + past;
    const known = lighter.get(key);
    if (known !== undefined) return known;
    const { past: own, slot, tree } = copies.value(copy);
    const [x, y] = [pasts.value(own), pasts.value(past)];
    const finals = x.finals.filter((final) => !y.finals.includes(final));
    const result = copies.id({ past: pasts.id({ events: k.minus(x.events, y.events), finals }), slot, tree });
    lighter.set(key, result);
    return result;
  };

  const grown = new Map<string, Ghost>();
  const withCommon = (past: Ghost, others: readonly Ghost[]): Ghost => {
    const key = `${past},${others}`;
    const known = grown.get(key);
    if (known !== undefined) return known;
    const sets = others.map((other) => pasts.value(other).events);
    const common = sets.reduce((all, set) => k.minus(all, k.minus(all, set)));
    const { events, finals } = pasts.value(past);
    const result = pasts.id({ events: k.union(events, common), finals });
    grown.set(key, result);
    return result;
  };

  /** The renaming of slots when only the packets in `kept` (old slots) are remembered, in that order. */
  const renaming = (kept: readonly number[]): Renaming => {
    const slots = new Map(kept.map((slot, i) => [slot, i]));
    const past = (ghost: Ghost): Ghost => {
      const { events, finals } = pasts.value(ghost);
      const left = finals.flatMap((final) => {
        const slot = slots.get(Math.floor(final / hopsPerPacket));
        return slot === undefined ? [] : [slot * hopsPerPacket + (final % hopsPerPacket)];
      });
      return pasts.id({ events, finals: left.sort((f, g) => f - g) });
    };
    const copy = (ghost: Ghost): Ghost => {
      const { past: before, slot, tree } = copies.value(ghost);
      return copies.id({ past: past(before), slot: slots.get(slot) ?? -1, tree });
    };
    return { past, copy };
  };
  /** Nothing matters any more: every part of the state forgets. */
  const oblivion: Renaming = { past: () => 0, copy: () => 0 };

  // The paper's definition looks at a packet's tree to say which events occur, so copies carry it there.
  const looksAtTrees = !definition.throughController;

  /** What is remembered of packets, and how the others are forgotten. */
  const remember = (timeline: Timeline, packets: readonly Remembered<Claim>[]) => {
    if (!forgets) return { global: globals.id({ timeline, packets }), renaming: undefined };
    if (packets.some(({ standing }) => standing === 'violated')) return { global: broken, renaming: oblivion };
    const kept = [...packets.keys()].filter((slot) => packets[slot]!.standing !== 'kept');
    return {
      global: globals.id({ timeline, packets: kept.map((slot) => packets[slot]!) }),
      renaming: kept.length < packets.length ? renaming(kept) : undefined,
    };
  };

  const rearranged: Observer['rearranged'] = (global, order) => {
    const { timeline, packets } = globals.value(global);
    return {
      global: globals.id({ timeline, packets: order.map((slot) => packets[slot]!) }),
      renaming: renaming(order),
    };
  };

  const image: Observer['image'] = (names) => {
    const past = remembering((ghost) => {
      const { events, finals } = pasts.value(ghost);
      return pasts.id({ events: names.set(events), finals });
    });
    return {
      past,
      copy: remembering((ghost) => {
        const { past: before, slot, tree } = copies.value(ghost);
        return copies.id({ past: past(before), slot, tree: trees.id(renamedTags(trees.value(tree), names.tag)) });
      }),
      global: remembering((ghost) => {
        if (ghost < 0) return ghost;
        const { timeline, packets } = globals.value(ghost);
        const standingAs = (standing: Standing<Claim>): Standing<Claim> =>
          typeof standing === 'string' ? standing : { open: definition.claimAs(standing.open, names) };
        const renamed = packets.map((packet) => ({ ...packet, standing: standingAs(packet.standing) }));
        return globals.id({ timeline: definition.timelineAs(timeline, names), packets: renamed });
      }),
    };
  };

  const enter = (global: Ghost, past: Ghost, tree: number): Entered => {
    const { timeline, packets } = globals.value(global);
    const standing = definition.enters(timeline, pasts.value(past).events, trees.value(tree));
    const settled = standing === 'kept';
    if (forgets && standing === 'violated') return { global: broken, copy: 0, settled, renaming: oblivion };
    const isRemembered = !(forgets && settled);
    const slot = isRemembered ? packets.length : -1;
    const copy = copies.id({ past, slot, tree: looksAtTrees ? tree : 0 });
    if (!isRemembered) return { global, copy, settled, renaming: undefined };
    const grown = [...packets, { standing, copies: 1, finals: 0 }];
    return { global: globals.id({ timeline, packets: grown }), copy, settled, renaming: undefined };
  };

  const process = (
    global: Ghost,
    atSwitch: Ghost,
    copy: Ghost,
    labels: readonly number[],
    moves: number,
  ): ObservedSwitchStep => {
    const { past: sent, slot, tree } = copies.value(copy);
    const treeOf = trees.value(tree);
    const before = pasts.value(join(atSwitch, sent));
    const { packets } = globals.value(global);
    let { timeline } = globals.value(global);
    let events = before.events;

    /** Whether all located packets of a packet ≺ this step; its own are not. */
    const isOver = (packet: Remembered<Claim>, s: number): boolean =>
      packet.copies === 0 &&
      [...Array(packet.finals).keys()].every((n) => before.finals.includes(s * hopsPerPacket + n));
    let after = [...packets];
    for (const event of labels.length > 0 ? definition.occurring(timeline, before.events, labels, treeOf) : []) {
      timeline = definition.advance(timeline, event);
      events = k.add(events, event);
      after = after.map((packet, s) => {
        if (packet.standing === 'kept' || packet.standing === 'violated') return packet;
        return { ...packet, standing: definition.revise(packet.standing.open, timeline, event, isOver(packet, s)) };
      });
    }

    let finals = before.finals;
    const own = after[slot];
    if (own && (own.standing !== 'kept' || !forgets)) {
      if (moves === 0) finals = [...finals, slot * hopsPerPacket + own.finals].sort((f, g) => f - g);
      const updated = { ...own, copies: own.copies - 1 + moves, finals: own.finals + (moves === 0 ? 1 : 0) };
      after = after.with(slot, updated);
    }
    const remembered = remember(timeline, after);
    if (remembered.global === broken && forgets)
      return { global: broken, past: 0, copies: new Array(moves).fill(0), renaming: oblivion };
    const past = pasts.id({ events, finals });
    const passedOn = copies.id({ past, slot, tree });
    return { ...remembered, past, copies: new Array(moves).fill(passedOn) };
  };

  const processed = new Map<string, ObservedSwitchStep>();
  const entered = new Map<string, readonly Entered[]>();
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
      const key = `${global},${past},${tree}`;
      const result = entered.get(key) ?? [enter(global, past, tree)];
      entered.set(key, result);
      return result;
    },
    process: (global, past, copy, labels, { moves }: Forwarded) => {
      if (forgets && global === broken) return { global, past: 0, copies: moves.map(() => 0), renaming: undefined };
      const key = `${global},${past},${copy},${labels},${moves.length}`;
      const result = processed.get(key) ?? process(global, past, copy, labels, moves.length);
      processed.set(key, result);
      return result;
    },
    receive: definition.throughController ? join : () => 0,
    send: definition.throughController ? join : (past) => past,
    without,
    withCommon,
    violated: (global) => global >= 0 && globals.value(global).packets.some(({ standing }) => standing !== 'kept'),
    doomed: (global) => forgets && global === broken,
    saved: (global) => forgets && global >= 0 && globals.value(global).packets.length === 0,
    remembered: (global) => (global < 0 ? 0 : globals.value(global).packets.length),
    packetOf: (copy) => copies.value(copy).slot,
    rearranged,
    image,
    memory: memoryOf(pasts.memory, trees.memory, copies.memory, globals.memory),
  };
}
