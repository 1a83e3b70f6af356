import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Of the heap that Node may have: when it is time to look what of it is still in use, and how much that may be. */
const suspicious = 0.8;
const most = 0.75;

let collect: (() => void) | undefined;

/** Collects what is not in use any more: only then is it known how much is. */
function collectGarbage(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}

/** How many MiB of heap this thread may have, if what it uses leaves too little of that to go on; else undefined. */
export function usedUpHeap_MiB(): number | undefined {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  if (used < suspicious * limit) return undefined;
  collectGarbage();
  return getHeapStatistics().used_heap_size > most * limit ? Math.round(limit / 2 ** 20) : undefined;
}

/**
 * What this thread may have for its heap, in bytes: what is kept outside of it, as large arrays are, is to need no more
 * either.
 */
export const heapLimit_bytes = (): number => getHeapStatistics().heap_size_limit;

/** Which limit that is, in words. */
export const explainHeap = (limit_MiB: number): string =>
  `the memory that Node may use is used up: ${limit_MiB.toLocaleString('en')} MiB (NODE_OPTIONS=--max-old-space-size=MIB gives it more)`;
