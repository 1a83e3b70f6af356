import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stateStore } from '../../src/search/state-store.js';

/** Rows of few values, so that rows come again, and are beginnings of each other. */
const row = fc.array(fc.integer({ min: -1, max: 2 }), { maxLength: 6 });

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
        for (const [key, id] of map) expect([...store.words().slice(store.start(id), store.end(id))].join()).toBe(key);
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
      if ([...store.words().slice(store.start(n), store.end(n))].join() !== rowOf(n).join())
        throw new Error(`row ${n} has changed`);
    }
    expect(store.count()).toBe(count);
    expect(store.bytes()).toBe(before);
    expect(before).toBeGreaterThan(4 * count * 4);
  });

  it('tells rows apart that its hash function does not', () => {
    // Among so many rows some dozen pairs have equal hashes of 32 bits.
    const store = stateStore();
    for (let n = 0; n < 400_000; n++)
      if (!store.add([n % 1_000, Math.floor(n / 1_000)], 2).isNew) throw new Error(`row ${n} is not new`);
    expect(store.count()).toBe(400_000);
  });
});
