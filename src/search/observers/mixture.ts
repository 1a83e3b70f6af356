import type { TreeId } from '../../netkat/tree.js';
import { memoryOf } from '../../network/memory.js';
import { childrenOf } from '../../network/mixed-packets.js';
import { type Ghost, nameless, type ObservedSwitchStep, type Observer, type Renaming } from '../../network/observer.js';
import type { Forwarded } from '../../network/packet-space.js';
import type { RawIngress, RawPackets } from '../../packets/raw-packets.js';
import { interner } from './interner.js';

/**
 * For a copy of the watched packet: the trees that the packet may still have, each with the part of it that is to come.
 */
type Expectations = readonly (readonly [tree: TreeId, rest: TreeId])[];

/**
 * Watches one packet, any one, for a tree that no configuration gives it: then Theorem 1 is broken in both definitions,
 * whatever else happens. Only in `best-effort` can it happen, and only this observer need look for it: see
 * `mixedPackets`, whose `foretell` leaves such executions out. With `forgets`, nothing else is remembered of a broken
 * execution.
 */
export function mixtureObserver(raw: RawPackets, ingresses: readonly RawIngress[], forgets: boolean): Observer {
  const unwatched: Ghost = 0;
  /** The trees that the watched packet may still have; none at all is the violation. */
  const globals = interner<{ readonly possible: readonly TreeId[] | 'unwatched' }>({ possible: 'unwatched' });
  const broken = globals.id({ possible: [] });
  const copies = interner<Expectations>([]);
  const oblivion: Renaming | undefined = forgets ? { past: () => 0, copy: () => 0 } : undefined;
  const ignored = (moves: number) => new Array<Ghost>(moves).fill(0);

  const process = (global: Ghost, copy: Ghost, { moves, children }: Forwarded): ObservedSwitchStep => {
    const { possible } = globals.value(global);
    const expectations = copies.value(copy);
    const still = expectations.flatMap(([tree, rest]) => {
      if (!possible.includes(tree as never)) return [];
      const wanted = childrenOf(raw, rest);
      const fits = wanted.size === children.length && children.every((child) => wanted.has(child));
      return fits ? [{ tree, wanted }] : [];
    });
    const trees = still.map(({ tree }) => tree);
    if (trees.length === 0) return { global: broken, past: 0, copies: ignored(moves.length), renaming: oblivion };
    const next = moves.map((_, i) =>
      copies.id(still.map(({ tree, wanted }) => [tree, wanted.get(children[i]!)!] as const)),
    );
    return { global: globals.id({ possible: trees }), past: 0, copies: next, renaming: undefined };
  };

  return {
    initial: unwatched,
    enter: (global, _past, _entry, ingress) => {
      const trees = [...new Set(ingresses[ingress]!.trees)].sort((a, b) => a - b);
      const unobserved = { global, copy: 0, settled: true, renaming: undefined };
      if (global !== unwatched) return [unobserved];
      const copy = copies.id(trees.map((tree) => [tree, tree] as const));
      return [unobserved, { global: globals.id({ possible: trees }), copy, settled: false, renaming: undefined }];
    },
    process: (global, _past, copy, _labels, forwarded) =>
      copy === 0
        ? { global, past: 0, copies: ignored(forwarded.moves.length), renaming: undefined }
        : process(global, copy, forwarded),
    receive: () => 0,
    send: () => 0,
    violated: (global) => global === broken,
    without: (copy) => copy,
    withCommon: (past) => past,
    doomed: (global) => forgets && global === broken,
    saved: (global) => forgets && global === unwatched,
    // One packet is watched, whose headers no automorphism renames.
    ...nameless,
    memory: memoryOf(globals.memory, copies.memory),
  };
}
