import { childrenFirst } from '../../base/children-first.js';
import { rememberingPairs } from '../../base/pairs.js';
import type { CopyKind, PacketSpace } from '../packet-space.js';
import type { NetworkState } from '../state.js';

/** By switch index, whether what the switch knows can still matter. */
export type Listeners = readonly boolean[];

/**
 * The switches whose knowledge can still matter once no packet enters any more (part of the reduction `knowledge`), for
 * packets that their tags forward.
 *
 * No packet is tagged any more, so knowledge, and what happened before a step, are looked at only where something can
 * be detected of a copy (`PacketSpace.isNoted`). They get there with copies alone: from a switch to the next one that a
 * copy passes. So a switch that is on no chain of such hops that ends where a copy is noted can as well be told
 * nothing; that saves steps and costs none. To Lemma 3 under `tagged` it does not matter either what such switches are
 * told: telling them leaves the union of all knowledge as it is, and makes E_n the union of two event-sets within one
 * consistent set, which is an event-set, for F is finite-complete.
 */
export function listeners(space: PacketSpace, switches: readonly number[]): (state: NetworkState) => Listeners {
  const indexOf = space.queues.map((at) => switches.indexOf(at.switch));

  /** The hops that a copy has still to make, by switch index, and where it is noted. */
  interface Ahead {
    readonly hops: ReadonlySet<string>;
    readonly noted: ReadonlySet<number>;
  }
  const known = new Map<CopyKind, Ahead>();
  interface Copy {
    readonly kind: CopyKind;
    readonly queue: number;
  }
  const movesOf = (kind: CopyKind): Copy[] => space.forward(kind, 0).flatMap(({ moves }) => moves);
  const ahead = (kind: CopyKind, queue: number): Ahead => {
    childrenFirst<Copy>(
      { kind, queue },
      (copy) => movesOf(copy.kind),
      (copy) => known.has(copy.kind),
      (copy) => known.set(copy.kind, aheadOf(copy)),
    );
    return known.get(kind)!;
  };
  /** What is ahead of a copy, where that of the copies that it becomes is known. */
  const aheadOf = ({ kind, queue }: Copy): Ahead => {
    const here = indexOf[queue]!;
    const hops = new Set<string>();
    const noted = new Set(space.isNoted(kind) ? [here] : []);
    for (const move of movesOf(kind)) {
      const further = known.get(move.kind)!;
      hops.add(`${here} ${indexOf[move.queue]}`);
      for (const hop of further.hops) hops.add(hop);
      for (const place of further.noted) noted.add(place);
    }
    return { hops, noted };
  };

  const results = new Map<number, Listeners>();
  /** Lists of kinds as one number each: what is met first is the same for a list and for its beginning. */
  let lists = 1;
  const longer = rememberingPairs(() => lists++);
  const listening = (ways: readonly Ahead[]): Listeners => {
    const hops = [...new Set(ways.flatMap((way) => [...way.hops]))].map((hop) => hop.split(' ').map(Number));
    const found = new Set(ways.flatMap(({ noted }) => [...noted]));
    for (const place of found) for (const [from, to] of hops) if (to === place) found.add(from!);
    return switches.map((_, n) => found.has(n));
  };

  return ({ queues }) => {
    const inputs = indexOf.length;
    // Output queues, where LINK is a step of its own, are numbered by the input queue that their link leads to
    // (links.ts).
    const last = Math.min(2 * inputs, queues.length);
    let list = 0;
    for (let queue = 0; queue < last; queue++) {
      const copies = queues[queue]!;
      for (let i = 0; i < copies.length; i++) list = longer(list, copies[i]!.kind);
    }
    const known = results.get(list);
    if (known) return known;
    const ways = new Map<CopyKind, number>();
    for (let queue = 0; queue < last; queue++) for (const { kind } of queues[queue]!) ways.set(kind, queue % inputs);
    const result = listening([...ways].map(([kind, queue]) => ahead(kind, queue)));
    results.set(list, result);
    return result;
  };
}
