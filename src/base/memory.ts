// Of the process only its size is asked here: what all threads have taken, Z3's included, is told nowhere else.
// biome-ignore lint/style/noRestrictedImports: it is read, and nothing is done to the process.
import { memoryUsage } from 'node:process';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Of what may be used: when it is time to look what of it is still in use, and how much that may be. */
const suspicious = 0.8;
const most = 0.75;

/** What the process takes before it has read anything: Node itself, and the code of this tool. */
const base_bytes = memoryUsage.rss();

let collect: (() => void) | undefined;

/** Collects what is not in use any more: only then is it known how much is. */
function collectGarbage(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}

/**
 * What may be used in all, in bytes: as much as Node gives to the heap of this thread. Arrays of numbers lie outside of
 * the heap, and so does all that Z3 has in its worker; together with the heap they may take no more.
 */
export const memoryLimit_bytes = (): number => getHeapStatistics().heap_size_limit;

/** Whether the heap of this thread, or all that the process has taken since it began, is more than a part of that. */
function isPast(part: number): boolean {
  const { used_heap_size: heap, heap_size_limit: limit } = getHeapStatistics();
  return heap > part * limit || memoryUsage.rss() - base_bytes > (1 + part - most) * limit;
}

/** How many MiB this process may use, if what it uses leaves too little of that to go on; else undefined. */
export function usedUpMemory_MiB(): number | undefined {
  if (!isPast(suspicious)) return undefined;
  collectGarbage();
  return isPast(most) ? Math.round(memoryLimit_bytes() / 2 ** 20) : undefined;
}

/** Which limit that is, in words. */
export const explainMemory = (limit_MiB: number): string =>
  `the memory that Node may use is used up, for the heap, arrays and Z3 together: ${limit_MiB.toLocaleString('en')} MiB (NODE_OPTIONS=--max-old-space-size=MIB gives more)`;
