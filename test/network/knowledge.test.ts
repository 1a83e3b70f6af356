import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, type EventSet, emptySet, isSubset, singleton } from '../../src/events/event-set.js';
import { enables, isConsistent, isEventSet } from '../../src/events/event-structure.js';
import { knowledge, nothing } from '../../src/network/knowledge.js';
import { toggle } from '../oracle/programs.js';
import { settingOf } from '../oracle/setting.js';
import { problemOf } from '../search/differential.js';
import { arbitrarySmallProgram } from '../search/small-program.js';

const sets = fc.array(fc.bigInt({ min: 0n, max: 255n }), { minLength: 2, maxLength: 12 });

/** An event structure of a random program. */
const structure = arbitrarySmallProgram
  .map((source) => problemOf({ source, semantics: 'tagged', controller: true, packets: 2, unroll: 3 }))
  .filter((problem) => typeof problem !== 'string' && problem.structure.events.length > 0)
  .map((problem) => (problem as Exclude<typeof problem, string>).structure);

describe('interned sets of events', () => {
  it('have the relations of the sets', () => {
    fc.assert(
      fc.property(structure, sets, (s, masks) => {
        const all = (1n << BigInt(s.events.length)) - 1n;
        const k = knowledge(s);
        const some: EventSet[] = [emptySet, ...s.eventSets, ...masks.map((mask) => mask & all)];
        for (const a of some) {
          const id = k.intern(a);
          expect(k.set(id)).toBe(a);
          expect(k.intern(a)).toBe(id);
          expect(k.isConsistent(id)).toBe(isConsistent(s, a));
          expect(k.eventSetIndex(id)).toBe(s.eventSets.indexOf(a));
          expect(k.eventSetIndex(id) >= 0).toBe(isEventSet(s, a));
          for (const { id: e } of s.events) {
            expect(k.has(id, e)).toBe(contains(a, e));
            expect(k.enables(id, e)).toBe(enables(s, a, e));
            expect(k.set(k.add(id, e))).toBe(a | singleton(e));
          }
          for (const b of some) {
            expect(k.set(k.union(id, k.intern(b)))).toBe(a | b);
            expect(k.includes(id, k.intern(b))).toBe(isSubset(b, a));
          }
        }
        expect(k.intern(emptySet)).toBe(nothing);
      }),
      { numRuns: 40 },
    );
  });

  it('list the events of labels in order of id', () => {
    fc.assert(
      fc.property(structure, fc.infiniteStream(fc.boolean()), (s, picks) => {
        const k = knowledge(s);
        const labels = [...s.eventsOf.keys()].filter(() => picks.next().value).reverse();
        const events = s.events.filter(({ label }) => labels.includes(label)).map(({ id }) => id);
        for (let again = 0; again < 2; again++) expect(k.eventsOf(labels, nothing)).toEqual(events);
      }),
      { numRuns: 40 },
    );
  });

  it('are refused as ids that would be taken for others', () => {
    const k = knowledge(settingOf(toggle).structure);
    const large = 2 ** 26;
    expect(() => k.add(nothing, large)).toThrow('internal error: 0 and 67108864 are no pair');
    expect(() => k.enables(nothing, large)).toThrow('internal error');
    expect(() => k.minus(1, large)).toThrow('internal error');
    expect(() => k.union(large * 2, 1)).toThrow('internal error');
  });

  it('tell when the bound on unrolled loops has been reached, and not before (spec 2.5)', () => {
    const { structure: s } = settingOf(toggle, 'tagged', true, 2);
    const full = s.frontier[0]!;
    const k = knowledge(s);
    k.eventsOf([0], nothing);
    k.eventSetIndex(nothing);
    expect(k.truncated()).toBe(false);
    k.eventsOf([0], k.intern(full));
    expect(k.truncated()).toBe(true);
  });
});
