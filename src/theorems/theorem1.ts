import type { Knowledge, SetId } from '../network/knowledge.js';
import { nothing } from '../network/knowledge.js';
import { memoryOf } from '../network/memory.js';
import type { Entered, Ghost, Observer, Processed, Renaming } from '../network/observer.js';
import type { Entry, Forwarded } from '../network/packet-space.js';
import type { Definition } from './definition.js';
import { interner } from './interner.js';

/** What is in the past of a step: events that occurred, and final hops of packets whose standing is open. */
interface Past {
  readonly events: SetId;
  /** Each final hop as `slot * hopsPerPacket + number`, ascending. */
  readonly finals: readonly number[];
}

/** A copy in a queue: the past of the step that sent it, its packet if its standing is open (else -1), and its tree. */
interface CopyGhost {
  readonly past: Ghost;
  readonly slot: number;
  /** Among `trees`. */
  readonly tree: number;
}

/** A packet whose standing is open: what it needs, its copies under way, and its final hops so far. */
interface OpenPacket<Claim> {
  readonly claim: Claim;
  readonly copies: number;
  readonly finals: number;
}

interface Global<Timeline, Claim> {
  readonly timeline: Timeline;
  /** In order of entry; a packet's place here is its slot. */
  readonly open: readonly OpenPacket<Claim>[];
  readonly broken: boolean;
}

const hopsPerPacket = 1 << 20;

/**
 * Watches executions for Theorem 1 (paper §4.3; spec 4.1, 4.3, 4.4).
 *
 * Happens-before is carried along as the paper's switches carry event-sets: with every switch, copy, item and the
 * controller goes the set of events whose occurrence ≺ its last step. Of packets it remembers those only whose standing
 * is open, with their final hops: all located packets of a packet ≺ a step iff all its final hops are, and they are over.
 */
export function theorem1Observer<Timeline, Claim>(k: Knowledge, definition: Definition<Timeline, Claim>): Observer {
  const pasts = interner<Past>({ events: nothing, finals: [] });
  const trees = interner<Entry['treeOf']>([]);
  const copies = interner<CopyGhost>({ past: 0, slot: -1, tree: 0 });
  const globals = interner<Global<Timeline, Claim>>({ timeline: definition.start, open: [], broken: false });
  const broken: Ghost = globals.id({ timeline: definition.start, open: [], broken: true });

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

  /** The renaming of slots when only the packets in `kept` (old slots) remain open. */
  const renaming = (kept: readonly number[]): Renaming => {
    const slots = new Map(kept.map((slot, i) => [slot, i]));
    const past = (ghost: Ghost): Ghost => {
      const { events, finals } = pasts.value(ghost);
      const left = finals.flatMap((final) => {
        const slot = slots.get(Math.floor(final / hopsPerPacket));
        return slot === undefined ? [] : [slot * hopsPerPacket + (final % hopsPerPacket)];
      });
      return pasts.id({ events, finals: left });
    };
    const copy = (ghost: Ghost): Ghost => {
      const { past: before, slot, tree } = copies.value(ghost);
      return copies.id({ past: past(before), slot: slots.get(slot) ?? -1, tree });
    };
    return { past, copy };
  };
  /** Nothing matters any more: every part of the state forgets. */
  const oblivion: Renaming = { past: () => 0, copy: () => 0 };

  // The tree of a packet matters for what occurs, so copies carry it, if the definition looks at it.
  const looksAtTrees = !definition.throughController;

  const enter = (global: Ghost, past: Ghost, tree: number): Entered => {
    if (global === broken) return { global, copy: 0, settled: true, renaming: undefined };
    const { timeline, open } = globals.value(global);
    const standing = definition.enters(timeline, pasts.value(past).events, trees.value(tree));
    if (standing === 'broken') return { global: broken, copy: 0, settled: false, renaming: oblivion };
    const settled = standing === 'kept';
    const copy = copies.id({ past, slot: settled ? -1 : open.length, tree: looksAtTrees ? tree : 0 });
    if (settled) return { global, copy, settled, renaming: undefined };
    const packet = { claim: standing.open, copies: 1, finals: 0 };
    return {
      global: globals.id({ timeline, open: [...open, packet], broken: false }),
      copy,
      settled,
      renaming: undefined,
    };
  };

  const process = (
    global: Ghost,
    atSwitch: Ghost,
    copy: Ghost,
    labels: readonly number[],
    moves: number,
  ): Processed => {
    const { past: sent, slot, tree } = copies.value(copy);
    const treeOf = trees.value(tree);
    const before = pasts.value(join(atSwitch, sent));
    let { timeline, open } = globals.value(global);
    let events = before.events;

    /** Whether all located packets of an open packet ≺ this step; its own are not. */
    const isOver = (packet: OpenPacket<Claim>, s: number): boolean =>
      packet.copies === 0 &&
      [...Array(packet.finals).keys()].every((n) => before.finals.includes(s * hopsPerPacket + n));
    /** What each open packet stands like after the events of this step; `false` once it is kept. */
    let standing: (OpenPacket<Claim> | false)[] = [...open];
    for (const event of labels.length > 0 ? definition.occurring(timeline, before.events, labels, treeOf) : []) {
      timeline = definition.advance(timeline, event);
      events = k.add(events, event);
      for (const [s, packet] of standing.entries()) {
        if (!packet) continue;
        const revised = definition.revise(packet.claim, timeline, event, isOver(packet, s));
        if (revised === 'broken')
          return { global: broken, past: 0, copies: new Array(moves).fill(0), renaming: oblivion };
        standing[s] = revised === 'kept' ? false : { ...packet, claim: revised.open };
      }
    }

    let finals = before.finals;
    const own = standing[slot];
    if (own) {
      if (moves === 0) finals = [...finals, slot * hopsPerPacket + own.finals].sort((f, g) => f - g);
      const updated = { ...own, copies: own.copies - 1 + moves, finals: own.finals + (moves === 0 ? 1 : 0) };
      standing = standing.with(slot, updated);
    }
    const kept = [...standing.keys()].filter((s) => standing[s]);
    open = standing.filter((packet) => packet !== false);
    const past = pasts.id({ events, finals });
    const passedOn = copies.id({ past, slot, tree });
    return {
      global: globals.id({ timeline, open, broken: false }),
      past,
      copies: new Array(moves).fill(passedOn),
      renaming: kept.length < standing.length ? renaming(kept) : undefined,
    };
  };

  const processed = new Map<string, Processed>();
  const entered = new Map<string, readonly Entered[]>();
  // Entries are made once, so that the list itself can be looked up.
  const treeIds = new Map<Entry['treeOf'], number>();
  const treeId = (treeOf: Entry['treeOf']): number => {
    const id = treeIds.get(treeOf) ?? trees.id(treeOf);
    treeIds.set(treeOf, id);
    return id;
  };
  return {
    initial: globals.id({ timeline: definition.start, open: [], broken: false }),
    enter: (global, past, { treeOf }) => {
      const tree = treeId(treeOf);
      const key = `${global},${past},${tree}`;
      const result = entered.get(key) ?? [enter(global, past, tree)];
      entered.set(key, result);
      return result;
    },
    process: (global, past, copy, labels, { moves }: Forwarded) => {
      if (global === broken) return { global, past: 0, copies: moves.map(() => 0), renaming: undefined };
      const key = `${global},${past},${copy},${labels},${moves.length}`;
      const result = processed.get(key) ?? process(global, past, copy, labels, moves.length);
      processed.set(key, result);
      return result;
    },
    receive: definition.throughController ? join : () => 0,
    send: definition.throughController ? join : (past) => past,
    violated: (global) => global === broken || (global >= 0 && globals.value(global).open.length > 0),
    doomed: (global) => global === broken,
    memory: memoryOf(pasts.memory, trees.memory, copies.memory, globals.memory),
  };
}
