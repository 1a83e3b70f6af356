import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Semantics } from '../../../src/execution/execution.js';
import { variants as literal } from '../../../src/execution/variants.js';
import { knowledge } from '../../../src/network/knowledge.js';
import { variants } from '../../../src/network/variants/variants.js';
import { problemOf } from '../../search/differential.js';
import { arbitrarySmallProgram } from '../../search/small-program.js';

const structure = arbitrarySmallProgram
  .map((source) => problemOf({ source, semantics: 'tagged', controller: true, packets: 2, unroll: 3 }))
  .filter((problem) => typeof problem !== 'string' && problem.structure.events.length > 1)
  .map((problem) => (problem as Exclude<typeof problem, string>).structure);

const mask = fc.bigInt({ min: 0n, max: 255n });

/**
 * The variants over interned sets do what those to the letter do (spec 3.1), on sets that no execution need have: also
 * on inconsistent ones, and on labels that no packet matches together.
 */
describe.each<Semantics>(['tagged', 'figure6', 'two-phase', 'best-effort'])('%s, step by step', (semantics) => {
  const plain = literal[semantics];

  it('does as the rules to the letter', () => {
    fc.assert(
      fc.property(structure, mask, mask, mask, fc.infiniteStream(fc.boolean()), (s, a, b, c, picks) => {
        const all = (1n << BigInt(s.events.length)) - 1n;
        const [eventSet, digest, known] = [a & all, b & all, c & all];
        const k = knowledge(s);
        const variant = variants[semantics](k);
        const [eventSetId, digestId, knownId] = [eventSet, digest, known].map(k.intern) as [number, number, number];
        const labels = [...s.eventsOf.keys()].filter((l) => s.eventsOf[l]!.length > 0 && picks.next().value);
        const matching = s.events.filter(({ label }) => labels.includes(label)).map(({ id }) => id);

        const detected = variant.detect(eventSetId, digestId, labels);
        const plainly = plain.detect(s, eventSet, digest, matching);
        expect(k.set(detected)).toBe(plainly);
        expect(k.set(variant.passOn(eventSetId, digestId, detected))).toBe(plain.passOn(eventSet, digest, plainly));
        expect(k.set(variant.learn(eventSetId, digestId, detected))).toBe(plain.learn(eventSet, digest, plainly));

        const items = variant.tell(eventSetId, digestId, detected, labels);
        const says = (item: number) => (variant.itemsAreSets ? k.set(item) : 1n << BigInt(s.eventsOf[item]![0]!));
        const told = plain.tell(s, eventSet, digest, plainly, matching);
        expect(items.map(says).map(String).sort()).toEqual(told.map(String).sort());
        for (const item of items) {
          expect(k.set(variant.receive(knownId, item))).toBe(plain.receive(s, known, says(item)));
          expect(k.set(variant.says(item))).toBe(variant.itemsAreSets ? says(item) : 0n);
        }
        const sent = variant.send(eventSetId, knownId).map((id) => String(k.set(id)));
        expect(sent.sort()).toEqual(plain.send(eventSet, known).map(String).sort());
      }),
      { numRuns: 150, seed: 1 },
    );
  });
});
