import type { Keeper } from '../engines/engine.js';
import type { Knowledge } from '../network/knowledge.js';
import { memoryOf } from '../network/memory.js';
import type { Observer } from '../network/observer.js';
import type { PacketSpace } from '../network/packet-space.js';
import type { Found, Pauses, SavedSearch } from './search.js';

/** What is kept of a check: its searches so far, in order, and what the numbers of sets mean in all of them. */
interface SavedCheck {
  readonly knowledge: unknown;
  readonly searches: readonly Kept[];
}

/** A search, with what its kinds and ghosts mean: how it has ended, or where it stopped. */
type Kept = { readonly memory: unknown } & (
  | { readonly kind: 'ended'; readonly found: Found }
  | { readonly kind: 'stopped'; readonly search: SavedSearch }
);

/** The parts of one search that number things. */
interface Numbering {
  readonly space: PacketSpace;
  readonly observer: Observer;
}

/**
 * Runs the searches of a check, each by `run`, so that they can be interrupted: they go on from what the keeper has
 * kept, and offer it their progress while they run.
 */
export function pausesOf(keeper: Keeper | undefined, k: Knowledge) {
  const saved = keeper?.kept as SavedCheck | undefined;
  // Sets are numbered for all searches together, and only ever added: so the last numbering serves the first search
  // too.
  if (saved) k.memory.restore(saved.knowledge);
  const done: Kept[] = [];

  return (index: number, { space, observer }: Numbering, run: (pauses: Pauses | undefined) => Found): Found => {
    if (!keeper) return run(undefined);
    const memory = memoryOf(space.memory, observer.memory);
    const before = saved?.searches[index];
    if (before) memory.restore(before.memory);
    if (before?.kind === 'ended') {
      done.push(before);
      return before.found;
    }
    const stopped = (search: SavedSearch): Kept => ({ kind: 'stopped', search, memory: memory.save() });
    const work = (save: () => SavedSearch) => (): SavedCheck => ({
      knowledge: k.memory.save(),
      // Searches after this one that were kept before are kept on.
      searches: [...done, stopped(save()), ...(saved?.searches.slice(index + 1) ?? [])],
    });
    let last: Kept | undefined;
    const found = run({
      resume: before?.search,
      offer: (save) => keeper.offer(work(save)),
      stop: (save) => {
        last = stopped(save());
        keeper.keep(work(save));
      },
    });
    done.push(last ?? { kind: 'ended', found, memory: memory.save() });
    return found;
  };
}
