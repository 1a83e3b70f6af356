import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { most, packRow, unpackRow } from '../../src/search/packed-rows.js';
import { type StateStore, stateStore } from '../../src/search/state-store.js';

/** Rows of few values, so that rows come again, and are beginnings of each other. */
const row = fc.array(fc.integer({ min: -1, max: 2 }), { maxLength: 6 });

function rowIn(store: StateStore, id: number): number[] {
  const words: number[] = [];
  const length = store.read(id, words);
  return words.slice(0, length);
}

describe('packed rows', () => {
  const word = fc.oneof(fc.integer(), fc.constantFrom(0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 63, 64, -64, -65));

  it('are what was packed, and as long as is said, however they repeat', () => {
    const parts = fc.array(fc.tuple(fc.array(word, { maxLength: 4 }), fc.integer({ min: 1, max: 300 })), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(parts, (repeated) => {
        const words = repeated.flatMap(([part, times]) => Array<number[]>(times).fill(part).flat());
        const bytes = new Uint8Array(most(words.length)).fill(255);
        const length = packRow(words, words.length, bytes);
        const back: number[] = [];
        expect(length).toBeLessThanOrEqual(most(words.length));
        expect(unpackRow(bytes, 0, length, back)).toBe(words.length);
        expect(back.slice(0, words.length)).toEqual(words);
      }),
    );
  });

  it('of many switches that know the same are short', () => {
    expect(packRow([5, ...Array<number[]>(64).fill([3, 70, 1]).flat()], 193, new Uint8Array(most(193)))).toBeLessThan(
      10,
    );
  });
});

describe('the set of visited states', () => {
  it('numbers rows as a Map does', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 300 }), (rows) => {
        const store = stateStore();
        const map = new Map<string, number>();
        for (const words of rows) {
          const key = words.join();
          const isNew = !map.has(key);
          if (isNew) map.set(key, map.size);
          // What lies in `words` past the row's length is none of the store's business.
          expect(store.add([...words, 7, 7], words.length)).toEqual({ id: map.get(key), isNew });
        }
        expect(store.count()).toBe(map.size);
        for (const [key, id] of map) expect(rowIn(store, id).join()).toBe(key);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps all rows as it grows', () => {
    const store = stateStore();
    const rowOf = (n: number) => [n % 7, Math.floor(n / 7), -n, ...Array<number>(n % 5).fill(n)];
    const count = 20_000;
    for (let n = 0; n < count; n++) expect(store.add(rowOf(n), rowOf(n).length)).toEqual({ id: n, isNew: true });
    const before = store.bytes();
    for (let n = 0; n < count; n++) {
      if (store.add(rowOf(n), rowOf(n).length).id !== n) throw new Error(`row ${n} was lost`);
      if (rowIn(store, n).join() !== rowOf(n).join()) throw new Error(`row ${n} has changed`);
    }
    expect(store.count()).toBe(count);
    expect(store.bytes()).toBe(before);
    // Of each row its bytes, where it ends, its hash and two slots.
    expect(before).toBeGreaterThan(count * (3 + 4 + 4 + 8));
  });

  it('tells rows apart that its hash function does not', () => {
    // Among so many rows of more than four bytes some dozen pairs have equal hashes of 32 bits.
    const store = stateStore();
    for (let n = 0; n < 400_000; n++)
      if (!store.add([n % 1_000, Math.floor(n / 1_000), (n * 7_919) % 100_003], 3).isNew)
        throw new Error(`row ${n} is not new`);
    expect(store.count()).toBe(400_000);
  });
});
