import fc from 'fast-check';
import { expect, it } from 'vitest';
import { undetermined } from '../../src/netkat/fields.js';
import { type LookedUp, lookUpAmong } from '../../src/packets/rule-lookup.js';

const wanted = fc.uniqueArray(fc.tuple(fc.nat(2), fc.nat(2)), { selector: ([field]) => field });
const headers = fc.array(fc.constantFrom(undetermined, 0, 1, 2), { minLength: 3, maxLength: 3 });

/** The definition: rule after rule. */
function naive(rules: readonly LookedUp<number>[], headers: readonly number[], allows: (rule: number) => boolean) {
  for (const { rule, headers: all } of rules) {
    if (!allows(rule)) continue;
    if (all.some(([f, v]) => headers[f] !== undetermined && headers[f] !== v)) continue;
    const open = all.find(([f]) => headers[f] === undetermined);
    return open ? { needs: open[0] } : { rule };
  }
  return undefined;
}

it('looking rules up finds what trying one after the other finds', () =>
  fc.assert(
    fc.property(
      fc.array(wanted, { maxLength: 10 }),
      fc.array(headers, { maxLength: 5 }),
      fc.nat(3),
      (all, asked, odd) => {
        const rules = all.map((one, rule) => ({ rule, headers: one }));
        const lookUp = lookUpAmong(rules);
        const allows = (rule: number) => rule % 3 !== odd;
        for (const one of asked) {
          const found = lookUp(one, allows);
          const expected = naive(rules, one, allows);
          if (!found || !expected) expect(found).toEqual(expected);
          else expect(found).toMatchObject(expected);
        }
      },
    ),
  ));
