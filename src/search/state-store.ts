import { most, packRow, unpackRow } from './packed-rows.js';

/**
 * The set of visited states: rows of integers, packed, back to back in one typed array, found through an
 * open-addressing table by a hash, and then compared byte for byte. A state is known by its number, from 0 in order of
 * discovery.
 */
export interface StateStore {
  /** The number of the row `words[0..length)`, which is added if it is new. */
  readonly add: (words: readonly number[], length: number) => { readonly id: number; readonly isNew: boolean };
  readonly count: () => number;
  /** Reads the row of a state into `words`; returns its length. */
  readonly read: (id: number, words: number[]) => number;
  /** Memory that the rows take up, in bytes, without the room that is held for more. */
  readonly used: () => number;
  /** Memory held, in bytes. */
  readonly bytes: () => number;
  /** All that the store holds. It shares memory with the store, and so must be written down at once. */
  readonly save: () => SavedStore;
}

export interface SavedStore {
  readonly rows: Uint8Array;
  readonly ends: Uint32Array;
  readonly hashes: Int32Array;
}

/** @param saved what another store held when it was saved; without it, the store is empty */
export function stateStore(saved?: SavedStore): StateStore {
  let arena = saved ? saved.rows.slice() : new Uint8Array(1 << 16);
  let used = saved ? saved.rows.length : 0;
  /** `ends[id]` is where row `id` ends and the next begins. */
  let ends = saved ? saved.ends.slice() : new Uint32Array(1 << 10);
  let hashes = saved ? saved.hashes.slice() : new Int32Array(1 << 10);
  let count = saved ? saved.ends.length : 0;
  /** Slots hold a state's number plus one; 0 is free. Kept at most half full. */
  let table = new Int32Array(1 << 12);

  const start = (id: number) => (id === 0 ? 0 : ends[id - 1]!);

  /** The row that is being added. */
  let row = new Uint8Array(1 << 10);

  const equals = (id: number, length: number): boolean => {
    const from = start(id);
    if (ends[id]! - from !== length) return false;
    for (let i = 0; i < length; i++) if (arena[from + i] !== row[i]) return false;
    return true;
  };

  const resize = (slots: number) => {
    const larger = new Int32Array(slots);
    for (let id = 0; id < count; id++) {
      let slot = hashes[id]! & (larger.length - 1);
      while (larger[slot] !== 0) slot = (slot + 1) & (larger.length - 1);
      larger[slot] = id + 1;
    }
    table = larger;
  };
  if (saved) resize(2 ** Math.ceil(Math.log2(Math.max(table.length, count * 2 + 2))));

  const add = (words: readonly number[], wordCount: number) => {
    if (most(wordCount) > row.length) row = new Uint8Array(most(wordCount) * 2);
    const length = packRow(words, wordCount, row);
    const hash = hashOf(row, length);
    let slot = hash & (table.length - 1);
    for (let found = table[slot]!; found !== 0; found = table[slot]!) {
      if (hashes[found - 1] === hash && equals(found - 1, length)) return { id: found - 1, isNew: false };
      slot = (slot + 1) & (table.length - 1);
    }
    const id = count++;
    table[slot] = id + 1;
    if (used + length > arena.length) arena = grown(arena, Math.max(arena.length * 2, used + length));
    for (let i = 0; i < length; i++) arena[used + i] = row[i]!;
    used += length;
    if (id >= ends.length) {
      ends = grown(ends, ends.length * 2);
      hashes = grown(hashes, hashes.length * 2);
    }
    ends[id] = used;
    hashes[id] = hash;
    if (count * 2 > table.length) resize(table.length * 2);
    return { id, isNew: true };
  };

  return {
    add,
    count: () => count,
    read: (id, words) => unpackRow(arena, start(id), ends[id]!, words),
    used: () => used,
    bytes: () => arena.length + 4 * (ends.length + hashes.length + table.length),
    save: () => ({ rows: arena.subarray(0, used), ends: ends.subarray(0, count), hashes: hashes.subarray(0, count) }),
  };
}

/** The array with room for `length` elements. */
export function grown<Numbers extends Int32Array | Uint32Array | Uint8Array>(array: Numbers, length: number): Numbers {
  const larger = new (array.constructor as new (length: number) => Numbers)(length);
  larger.set(array);
  return larger;
}

/** MurmurHash3's mixing, four bytes at a time. */
function hashOf(bytes: Uint8Array, length: number): number {
  let hash = length;
  for (let i = 0; i < length; i += 4) {
    const last = length - i;
    const four =
      bytes[i]! |
      (last > 1 ? bytes[i + 1]! << 8 : 0) |
      (last > 2 ? bytes[i + 2]! << 16 : 0) |
      (last > 3 ? bytes[i + 3]! << 24 : 0);
    let word = Math.imul(four, 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash ^= word;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
