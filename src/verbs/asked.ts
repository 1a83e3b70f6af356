import { nearestName } from '../base/nearest-name.js';
import type { Program } from '../language/program.js';
import { type Check, propertyCheck, strong, checks as theorems } from '../theorems/checks.js';
import type { CheckOptions } from './check-options.js';

/** The checks that are asked for, in the order in which they are told; or what is asked for and is not there. */
export type AskedChecks =
  | { readonly ok: true; readonly wanted: readonly Check[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The name that asks for all properties of a program (spec 6.4). */
const everyProperty = 'properties';

/**
 * What is to be checked of a program (spec 6.4): what `checks` names, else the theorems, by the definitions that `spec`
 * asks for, and every property. With `witness`, that property alone unless others are named.
 */
export function askedOf(
  { properties }: Pick<Program, 'properties'>,
  { spec = 'both', checks, witness }: Pick<CheckOptions, 'spec' | 'checks' | 'witness'>,
): AskedChecks {
  const own = properties.map(propertyCheck);
  const all: readonly Check[] = [...theorems, strong, ...own];
  const names = [...(checks ?? []), ...(witness === undefined ? [] : [`property.${witness}`])];
  if (checks === undefined && witness === undefined)
    return {
      ok: true,
      wanted: [...theorems.filter((one) => spec === 'both' || one.spec === null || one.spec === spec), ...own],
    };
  const known = [...all.map(({ name }) => name), everyProperty];
  const problems = names
    .filter((name) => !known.some((one) => one === name))
    .map((name) => {
      const near = nearestName(name, known);
      const hint = near === undefined ? `there are ${known.join(', ')}` : `did you mean ${near}?`;
      return `there is no check ${name}: ${hint}`;
    });
  if (names.includes(everyProperty) && own.length === 0)
    problems.push('there are no properties: declare some in the program, or give --properties FILE');
  if (problems.length > 0) return { ok: false, problems };
  const isNamed = ({ name, kind }: Check) =>
    names.includes(name) || (kind === 'property' && names.includes(everyProperty));
  return { ok: true, wanted: all.filter(isNamed) };
}
