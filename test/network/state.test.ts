import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeState, encodeState, type NetworkState } from '../../src/network/state.js';

const small = fc.integer({ min: -1, max: 3 });
const natural = fc.nat({ max: 3 });
const [switches, queues] = [3, 4];

const exactly = <T>(value: fc.Arbitrary<T>, length: number) =>
  fc.array(value, { minLength: length, maxLength: length });
const state: fc.Arbitrary<NetworkState> = fc.record({
  global: small,
  turn: natural,
  versions: fc.array(fc.record({ set: natural, ghost: natural }), { minLength: 1, maxLength: 3 }),
  controllerQueue: fc.array(fc.record({ item: natural, ghost: natural }), { maxLength: 3 }),
  eventSets: exactly(natural, switches),
  ghosts: exactly(natural, switches),
  oldest: exactly(natural, switches),
  queues: exactly(fc.array(fc.record({ kind: natural, digest: natural, ghost: natural }), { maxLength: 3 }), queues),
});

const written = (s: NetworkState): number[] => {
  const words: number[] = [];
  const end = encodeState(s, words);
  return words.slice(0, end);
};

it('reads every state back from the words that it is written in', () => {
  fc.assert(
    fc.property(state, (s) => {
      const words = written(s);
      expect(decodeState([...words, 9, 9], words.length, switches, queues)).toEqual(s);
    }),
  );
});

it('writes different states differently', () => {
  fc.assert(
    fc.property(state, state, (a, b) => {
      expect(written(a).join() === written(b).join()).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
  );
});
