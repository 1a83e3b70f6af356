import { describe, expect, it } from 'vitest';
import { members } from '../../../src/events/event-set.js';
import { tagged } from '../../../src/execution/tagged.js';
import { occursCausally } from '../../../src/smt/proofs/occurrences.js';
import { taggedRules } from '../../../src/smt/proofs/rules.js';
import { plainSets } from './plain-sets.js';
import { accepted, provableModel, withLoops } from './subjects.js';

const small = accepted.filter((name) => !withLoops.includes(name));

describe('the rules that are proved are those that run', () => {
  it.each(small)('%s: for all sets of events', (name) => {
    const { structure } = provableModel(name);
    const a = plainSets(structure);
    const sets = Array.from({ length: 2 ** structure.events.length }, (_, i) => BigInt(i));
    for (const eventSet of sets)
      for (const digest of sets) {
        for (const matching of sets) {
          const detected = tagged.detect(structure, eventSet, digest, members(matching));
          expect(taggedRules.detect(a, eventSet, digest, matching)).toBe(detected);
          expect(taggedRules.passOn(a, eventSet, digest, detected)).toBe(tagged.passOn(eventSet, digest, detected));
          expect(taggedRules.learn(a, eventSet, digest, detected)).toBe(tagged.learn(eventSet, digest, detected));
          expect(detected === 0n ? [] : [taggedRules.tell(a, eventSet, digest, detected)]).toEqual(
            tagged.tell(structure, eventSet, digest, detected, members(matching)),
          );
          // The causal definition, at a place whose past is what the switch has heard, counts what the switch detects.
          expect(occursCausally(a, eventSet | digest, matching)).toBe(detected);
        }
        expect([taggedRules.send(a, eventSet, digest)]).toEqual(tagged.send(eventSet, digest));
        expect(taggedRules.receive(a, eventSet, digest)).toBe(tagged.receive(structure, eventSet, digest));
      }
    for (const eventSet of sets) expect(taggedRules.stamp(a, eventSet)).toBe(tagged.stamp(eventSet));
  });
});
