import { freemem } from 'node:os';
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

/** Half of the memory that was free when the process began: others may need the rest. */
const half_bytes = Math.floor(freemem() / 2);
let allowed_bytes = half_bytes;

/**
 * What may be used in all, in bytes: by the heap of this thread, by arrays of numbers, which lie outside of it, and by
 * all that Z3 has in its worker. (Of the heap Node has a limit besides.)
 */
export const memoryLimit_bytes = (): number => allowed_bytes;

/** Says how much may be used in all; undefined for half of what was free when the process began. */
export function limitMemory(bytes: number | undefined): void {
  allowed_bytes = bytes ?? half_bytes;
}

/** What is used up: the memory that the process may use, or the heap that Node gives to this thread. */
export interface UsedUp {
  readonly of: 'memory' | 'heap';
  readonly limit_MiB: number;
}

/** What of it is past a part: all that the process has taken since it began, or the heap of this thread. */
function past(part: number): UsedUp | undefined {
  const { used_heap_size: heap, heap_size_limit: most_bytes } = getHeapStatistics();
  const used = (of: UsedUp['of'], limit: number): UsedUp => ({ of, limit_MiB: Math.round(limit / 2 ** 20) });
  if (memoryUsage.rss() - base_bytes > (1 + part - most) * allowed_bytes) return used('memory', allowed_bytes);
  return heap > part * most_bytes ? used('heap', most_bytes) : undefined;
}

/** To ask the system how much memory a process has takes longer than a short search: it is not asked more often. */
const every_ms = 200;
let asked_ms = Number.NEGATIVE_INFINITY;

/** What is used up, if what this process uses leaves too little to go on. */
export function usedUpMemory(): UsedUp | undefined {
  const now = performance.now();
  if (now - asked_ms < every_ms) return undefined;
  asked_ms = now;
  if (!past(suspicious)) return undefined;
  collectGarbage();
  const used = past(most);
  // Whoever asks next is told at once, too.
  if (used) asked_ms = Number.NEGATIVE_INFINITY;
  return used;
}

/** Which limit that is, in words, and what gives more. */
export function explainMemory({ of, limit_MiB }: UsedUp): string {
  const size = `${limit_MiB.toLocaleString('en')} MiB`;
  return of === 'memory'
    ? `the memory that may be used is used up, by states, heap and Z3 together: ${size} (--max-memory gives more, --packets needs less)`
    : `the heap that Node may use is used up: ${size} (NODE_OPTIONS=--max-old-space-size=MIB gives more)`;
}
