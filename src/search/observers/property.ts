import { rememberingPairs } from '../../base/pairs.js';
import { memoryOf } from '../../network/memory.js';
import {
  type Entered,
  type Ghost,
  nameless,
  type ObservedSwitchStep,
  type Observer,
  type Renaming,
} from '../../network/observer.js';
import type { EnteringPacket, Forwarded } from '../../network/packet-space.js';
import type { Copy } from '../../network/state.js';
import type { Marks } from '../../packets/lookout.js';
import { type Interner, interner } from './interner.js';
import type { Outlook } from './outlook.js';
import { bothMarks, type Look, type WatchedProperty } from './watched-property.js';

/** A copy in a queue: what is before it, what it has come by, and whether it comes from the packet that is watched. */
interface CopyGhost {
  readonly before: Marks;
  readonly via: Marks;
  readonly isWatched: boolean;
}

interface Global {
  /** What has been true anywhere. */
  readonly earlier: Marks;
  /** How many located packets have satisfied the premise, as far as they are counted. */
  readonly count: number;
  /** What the copies of the watched located packet have done so far; null if none is watched. */
  readonly watched: Marks | null;
  /** Whether the premise was satisfied, if an execution is looked for in which it is. */
  readonly satisfied: boolean;
}

/** Watches executions for a property (spec 6), or for one that satisfies its premise and keeps it. */
export interface PropertyObserver extends Observer {
  /** Whether any located packet has satisfied the premise so far, in any execution. */
  readonly isSatisfied: () => boolean;
  /** Whether a state is one that is looked for. */
  readonly isGoal: (global: Ghost, isComplete: boolean) => boolean;
  /** Whether what happens to the copies under way decides anything, if no packet enters any more. */
  readonly isOver: (global: Ghost, copies: readonly Pick<Copy, 'kind' | 'ghost'>[], outlook: Outlook) => boolean;
}

/** A property, what is looked for, and what the ghosts mean that watch for it. */
interface Watch {
  readonly property: WatchedProperty;
  readonly wanted: 'broken' | 'satisfied';
  readonly pasts: Interner<Marks>;
  readonly copies: Interner<CopyGhost>;
  readonly globals: Interner<Global | 'broken'>;
  readonly broken: Ghost;
  /** Is called where the premise is satisfied. */
  readonly onSatisfied: () => void;
}

/** What is being noted of one step. */
interface Draft {
  readonly global: Global;
  readonly isBroken: boolean;
  /** Whether one of its located packets is to be watched, if somebody wants to. */
  readonly wantsWatch: boolean;
}

/** Nothing matters any more: every part of the state forgets. */
const oblivion: Renaming = { past: () => 0, copy: () => 0 };

const startOf = (global: Global): Draft => ({ global, isBroken: false, wantsWatch: false });
const lookOf = (before: Marks, { earlier }: Global, via: Marks): Look => ({ before, earlier, via });

/** Notes a located packet: `below` is what it leads to, if that is known. */
function record(w: Watch, draft: Draft, marks: Marks, look: Look, below: Marks | undefined) {
  const { form } = w.property;
  const { premise, breaks, seen } = w.property.note(marks, look);
  if (premise) w.onSatisfied();
  const { global } = draft;
  const count = premise && form.kind === 'atMost' ? Math.min(global.count + 1, form.most + 1) : global.count;
  const isTooMany = form.kind === 'atMost' && count > form.most;
  const isOpen = premise && form.kind === 'leadsTo' && below === undefined;
  const isLost = premise && below !== undefined && w.property.becomes(below, false) === false;
  const earlier = bothMarks(global.earlier, seen.earlier);
  const satisfied = global.satisfied || (w.wanted === 'satisfied' && premise);
  const noted: Draft = {
    global: { earlier, count, watched: global.watched, satisfied },
    isBroken: draft.isBroken || breaks || isTooMany || isLost,
    wantsWatch: draft.wantsWatch || isOpen,
  };
  return { draft: noted, seen };
}

/** IN: the packet is seen, which is a step of its switch; where what it leads to is open, it may be watched. */
function enter(w: Watch, global: Global, past: Ghost, { arrival, below }: EnteringPacket): Entered[] {
  const before = w.pasts.value(past);
  const { draft, seen } = record(w, startOf(global), arrival, lookOf(before, global, []), below);
  if (draft.isBroken) return [{ global: w.broken, copy: 0, past: 0, settled: false, renaming: oblivion }];
  const after = bothMarks(before, seen.before);
  const entered = (isWatched: boolean): Entered => ({
    global: w.globals.id(isWatched ? { ...draft.global, watched: [] } : draft.global),
    copy: w.copies.id({ before: after, via: seen.via, isWatched }),
    past: w.pasts.id(after),
    settled: false,
    renaming: undefined,
  });
  return draft.wantsWatch && global.watched === null ? [entered(false), entered(true)] : [entered(false)];
}

/** SW: the copy arrives, if it was not seen as it entered; then what leaves there, or the drop, is seen. */
function process(w: Watch, global: Global, past: Ghost, copy: Ghost, { moves, seen }: Forwarded): ObservedSwitchStep {
  const own = w.copies.value(copy);
  let before = bothMarks(w.pasts.value(past), own.before);
  let { via } = own;
  let draft = startOf(global);
  if (seen.arrival) {
    const arrived = record(w, draft, seen.arrival, lookOf(before, global, via), seen.below);
    draft = arrived.draft;
    before = bothMarks(before, arrived.seen.before);
    via = bothMarks(via, arrived.seen.via);
  }
  // Those that leave, or the drop, are side by side: none is before or earlier than another.
  const look = lookOf(before, draft.global, via);
  for (const marks of seen.leaving) {
    const left = record(w, draft, marks, look, []);
    draft = left.draft;
    before = bothMarks(before, left.seen.before);
  }
  const lost = { global: w.broken, past: 0, copies: moves.map(() => 0), renaming: oblivion };
  if (draft.isBroken) return lost;

  const step = (watched: Marks | null, isWatched: boolean): ObservedSwitchStep => {
    const becomes = watched === null ? undefined : w.property.becomes(watched, true);
    if (becomes === false) return lost;
    // What is watched does what is demanded, whatever follows: so it need not be watched.
    const isDone = becomes === true;
    return {
      global: w.globals.id({ ...draft.global, watched: isDone ? null : watched }),
      past: w.pasts.id(before),
      copies: moves.map(() => w.copies.id({ before, via, isWatched: isWatched && !isDone })),
      renaming: isDone ? unwatched(w) : undefined,
    };
  };
  const leaving = seen.leaving.flat();
  const { watched } = global;
  if (watched !== null && own.isWatched) return step(bothMarks(watched, bothMarks(seen.arrival ?? [], leaving)), true);
  const plain = step(watched, false);
  return draft.wantsWatch && watched === null ? { ...plain, or: step(bothMarks([], leaving), true) } : plain;
}

/** Every copy as one that is not watched. */
const unwatched = ({ copies }: Watch): Renaming => ({
  past: (past) => past,
  copy: (copy) => copies.id({ ...copies.value(copy), isWatched: false }),
});

const isViolated = ({ property }: Watch, global: Global | 'broken'): boolean =>
  global === 'broken' || (global.watched !== null && property.becomes(global.watched, false) === false);

/**
 * Watches executions for a property (spec 6.1–6.3). Its ghosts are all that formulas look back at:
 *
 * - With every switch, copy, item and the controller goes which bodies of `before` were true of a located packet ≺ its
 *   last step: they spread as ≺ does, by union. An IN is a step of its switch, and a located packet itself.
 * - The global ghost has which bodies of `earlier` were true anywhere, and a copy which bodies of `via` on its way.
 * - What a located packet leads to is known as it is seen, where one configuration forwards all copies of a packet
 *   (`SeenHop.below`). Where configurations mix, one located packet, any one that satisfies the premise, is watched,
 *   and what its copies do is collected; the alternative is not to watch it. So an execution breaks the property iff it
 *   is broken for some choice of the one that is watched.
 *
 * Nothing is said to be settled or saved, so that the search follows all that can happen, and whoever listens.
 * @param wanted whether executions are looked for that break the property, or such as satisfy the premise and keep it
 */
export function propertyObserver(property: WatchedProperty, wanted: 'broken' | 'satisfied'): PropertyObserver {
  const { form } = property;
  let isSatisfied = false;
  const pasts = interner<Marks>([]);
  const copies = interner<CopyGhost>({ before: [], via: [], isWatched: false });
  const globals = interner<Global | 'broken'>({ earlier: [], count: 0, watched: null, satisfied: false });
  const broken = globals.id('broken');
  const onSatisfied = (): void => {
    isSatisfied = true;
  };
  const w: Watch = { property, wanted, pasts, copies, globals, broken, onSatisfied };
  const joined = rememberingPairs((a, b) => pasts.id(bothMarks(pasts.value(a), pasts.value(b))));
  const entered = new Map<string, readonly Entered[]>();
  const processed = new WeakMap<Forwarded, Map<string, ObservedSwitchStep>>();
  return {
    initial: 0,
    goesOn: true,
    enter: (global, past, entry) => {
      const known = globals.value(global);
      if (known === 'broken') return [{ global, copy: 0, past: 0, settled: false, renaming: oblivion }];
      const key = `${global},${past},${entry.arrival};${entry.below}`;
      const result = entered.get(key) ?? enter(w, known, past, entry);
      entered.set(key, result);
      return result;
    },
    process: (global, past, copy, _labels, forwarded) => {
      const known = globals.value(global);
      if (known === 'broken') return { global, past: 0, copies: forwarded.moves.map(() => 0), renaming: undefined };
      const results = processed.get(forwarded) ?? new Map<string, ObservedSwitchStep>();
      processed.set(forwarded, results);
      const key = `${global},${past},${copy}`;
      const result = results.get(key) ?? process(w, known, past, copy, forwarded);
      results.set(key, result);
      return result;
    },
    receive: joined,
    send: joined,
    without: rememberingPairs((copy, past) => {
      const own = copies.value(copy);
      const known = pasts.value(past);
      return copies.id({ ...own, before: own.before.filter((one) => !known.includes(one)) });
    }),
    withCommon: (past) => past,
    violated: (global) => isViolated(w, globals.value(global)),
    doomed: (global) => global === broken,
    saved: () => false,
    // Observations name hosts, switches and ports: no automorphism may rename them.
    ...nameless,
    memory: memoryOf(pasts.memory, copies.memory, globals.memory, {
      save: () => isSatisfied,
      restore: (saved) => {
        isSatisfied = saved === true;
      },
    }),
    isSatisfied: () => isSatisfied,
    isOver: (global, waiting, outlook) => {
      const known = globals.value(global);
      if (known === 'broken' || known.watched !== null) return false;
      return waiting.every(({ kind, ghost }) => {
        const { via } = copies.value(ghost);
        return kind < 0 || !outlook.ahead(kind, { certain: via, possible: via }).mayBreak;
      });
    },
    isGoal: (global, isComplete) => {
      if (form.kind === 'leadsTo' && !isComplete) return false;
      const known = globals.value(global);
      if (wanted === 'satisfied') return known !== 'broken' && known.satisfied && !isViolated(w, known);
      return isViolated(w, known);
    },
  };
}
