import { nearestName } from '../base/nearest-name.js';
import type { Program } from '../language/program.js';
import { wireNumber } from '../netkat/addresses.js';
import { type Field, type FieldName, fieldFacts, fieldNames, other, type Value } from '../netkat/fields.js';

/** Headers as people write them: names of fields, `src` and `dst` among them, with values. */
export type GivenHeaders = Readonly<Record<string, Value>>;

/** For each field of the program the value that is given, as an index; or what is wrong with what is given. */
export function givenHeaders(
  program: Program,
  given: GivenHeaders,
): { readonly values: readonly (number | undefined)[] } | { readonly problem: string } {
  const values: (number | undefined)[] = program.fields.map(() => undefined);
  for (const [written, value] of Object.entries(given)) {
    const name = { src: 'ip_src', dst: 'ip_dst' }[written] ?? written;
    if (!(fieldNames as readonly string[]).includes(name)) {
      const near = nearestName(name, fieldNames);
      return { problem: `${written} is no header field${near === undefined ? '' : `; did you mean ${near}?`}` };
    }
    const problem = whatIsWrong(program, name as FieldName, value);
    if (problem !== undefined) return { problem };
    const index = program.fields.findIndex((field) => field.name === name);
    // A field that the program does not mention may have any value: it makes no difference.
    if (index < 0) continue;
    const found = valueIn(program, program.fields[index]!, value);
    if (found === undefined)
      return { problem: `no packet has ${name}=${value}: its domain is {${program.fields[index]!.domain.join(', ')}}` };
    values[index] = found;
  }
  return { values };
}

const hostsOf = ({ addresses }: Program) => [...addresses].map(([name, address]) => ({ name, ...address }));

/** Why a text can be no value of a field. */
function whatIsWrong(program: Program, name: FieldName, value: Value): string | undefined {
  if (value === other || wireNumber(hostsOf(program), name, value) !== undefined) return undefined;
  const { kind } = fieldFacts[name];
  if (kind === 'number') return `${name} takes a number, not ${value}`;
  const near = nearestName(String(value), program.addresses.keys());
  const wanted = kind === 'ip' ? 'an address such as 10.0.0.4' : 'an address such as 02:00:00:00:00:04';
  return `${name} takes a host or ${wanted}, not ${value}${near === undefined ? '' : `; did you mean ${near}?`}`;
}

/** The index of a value in a field's domain, where an address stands for the host that has it. */
function valueIn(program: Program, { name, domain }: Field, value: Value): number | undefined {
  const hosts = hostsOf(program);
  const number = wireNumber(hosts, name, value);
  const index = domain.findIndex(
    (one) => one === value || (number !== undefined && one !== other && wireNumber(hosts, name, one) === number),
  );
  if (index >= 0) return index;
  const rest = domain.indexOf(other);
  return rest < 0 ? undefined : rest;
}
