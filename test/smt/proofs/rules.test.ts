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
    for (const known of sets)
      for (const digest of sets) {
        for (const matching of sets) {
          const {
            detected,
            digest: passed,
            eventSet,
            told,
          } = tagged.detect(structure, known, digest, members(matching));
          expect(taggedRules.detect(a, known, digest, matching)).toBe(detected);
          expect(taggedRules.passOn(a, known, digest, detected)).toBe(passed);
          expect(taggedRules.learn(a, known, digest, detected)).toBe(eventSet);
          expect(detected === 0n ? [] : [taggedRules.tell(a, known, digest, detected)]).toEqual(told);
          // The causal definition, at a place whose past is what the switch has heard, counts what the switch detects.
          expect(occursCausally(a, known | digest, matching)).toBe(detected);
        }
        expect([taggedRules.send(a, known, digest)]).toEqual(tagged.send(known, digest));
        expect(taggedRules.receive(a, known, digest)).toBe(tagged.receive(structure, known, digest));
      }
    for (const known of sets) expect(taggedRules.stamp(a, known)).toBe(tagged.stamp(known));
  });
});
