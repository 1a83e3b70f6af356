/**
 * The set of visited states: rows of integers, back to back in one typed array, found through an open-addressing table.
 * A state is known by its number, from 0 in order of discovery.
 */
export interface StateStore {
  /** The number of the row `words[0..length)`, which is added if it is new. */
  readonly add: (words: readonly number[], length: number) => { readonly id: number; readonly isNew: boolean };
  readonly count: () => number;
  /** Where the row of a state lies in `words()`. */
  readonly start: (id: number) => number;
  readonly end: (id: number) => number;
  readonly words: () => Int32Array;
  /** Memory held, in bytes. */
  readonly bytes: () => number;
  /** All that the store holds. It shares memory with the store, and so must be written down at once. */
  readonly save: () => SavedStore;
}

export interface SavedStore {
  readonly rows: Int32Array;
  readonly ends: Int32Array;
  readonly hashes: Int32Array;
}

/** @param saved what another store held when it was saved; without it, the store is empty */
export function stateStore(saved?: SavedStore): StateStore {
  let arena = saved ? saved.rows.slice() : new Int32Array(1 << 14);
  let used = saved ? saved.rows.length : 0;
  /** `ends[id]` is where row `id` ends and the next begins. */
  let ends = saved ? saved.ends.slice() : new Int32Array(1 << 10);
  let hashes = saved ? saved.hashes.slice() : new Int32Array(1 << 10);
  let count = saved ? saved.ends.length : 0;
  /** Slots hold a state's number plus one; 0 is free. Kept at most half full. */
  let table = new Int32Array(1 << 12);

  const start = (id: number) => (id === 0 ? 0 : ends[id - 1]!);

  const equals = (id: number, words: readonly number[], length: number): boolean => {
    const from = start(id);
    if (ends[id]! - from !== length) return false;
    for (let i = 0; i < length; i++) if (arena[from + i] !== words[i]) return false;
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

  const add = (words: readonly number[], length: number) => {
    const hash = hashOf(words, length);
    let slot = hash & (table.length - 1);
    for (let found = table[slot]!; found !== 0; found = table[slot]!) {
      if (hashes[found - 1] === hash && equals(found - 1, words, length)) return { id: found - 1, isNew: false };
      slot = (slot + 1) & (table.length - 1);
    }
    const id = count++;
    table[slot] = id + 1;
    if (used + length > arena.length) arena = grown(arena, Math.max(arena.length * 2, used + length));
    for (let i = 0; i < length; i++) arena[used + i] = words[i]!;
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
    start,
    end: (id) => ends[id]!,
    words: () => arena,
    bytes: () => 4 * (arena.length + ends.length + hashes.length + table.length),
    save: () => ({ rows: arena.subarray(0, used), ends: ends.subarray(0, count), hashes: hashes.subarray(0, count) }),
  };
}

/** The array with room for `length` elements. */
export function grown(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}

/** MurmurHash3's mixing, a word at a time. */
function hashOf(words: readonly number[], length: number): number {
  let hash = length;
  for (let i = 0; i < length; i++) {
    let word = Math.imul(words[i]!, 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash ^= word;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
