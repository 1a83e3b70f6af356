import type { Formula } from '../events/formula.js';
import type { Program, StatefulAtom } from '../language/program.js';
import { wireNumber } from '../netkat/addresses.js';
import { compareValues, type Field, type FieldName, other, type Value } from '../netkat/fields.js';
import { mapAtoms } from '../netkat/policy.js';

/** What one program makes of a header field of two. */
interface OwnField {
  /** The index of the field in the program; undefined if the program does not mention it. */
  readonly index: number | undefined;
  /** For each value of the joint domain, its index in the program's own domain; undefined if it is not in that. */
  readonly values: readonly (number | undefined)[];
}

/** A header field that one of two programs mentions, with every value that either tells apart from others. */
export interface JointField extends Field {
  readonly old: OwnField;
  readonly new: OwnField;
}

/** What tells values of a field apart: two spellings of one address are one value; host names stand for hosts. */
const keyOf = (field: FieldName, value: Value): string => String(wireNumber([], field, value) ?? `name ${value}`);

/** The fields of two programs, sorted by name. `other` is there if either program has it, last. */
export function jointFields(before: Program, after: Program): JointField[] {
  const names = [...new Set([...before.fields, ...after.fields].map(({ name }) => name))].sort();
  return names.map((name) => {
    const own = [before, after].map(({ fields }) => fields.find((field) => field.name === name)?.domain ?? [other]);
    const byKey = new Map(own.flat().map((value) => [keyOf(name, value), value]));
    const known = [...byKey.values()].filter((value) => value !== other).sort(compareValues);
    const domain = own.flat().includes(other) ? [...known, other] : known;
    const ownField = ({ fields }: Program): OwnField => {
      const index = fields.findIndex((field) => field.name === name);
      const mine = index < 0 ? [other] : fields[index]!.domain;
      const places = new Map(mine.map((value, i) => [keyOf(name, value), i]));
      const rest = places.get(keyOf(name, other));
      return {
        index: index < 0 ? undefined : index,
        values: domain.map((value) => places.get(keyOf(name, value)) ?? rest),
      };
    };
    return { name, domain, old: ownField(before), new: ownField(after) };
  });
}

export type Which = 'old' | 'new';

/** The program over the joint fields: the same policy, where no test asks for a value that only the other one has. */
export function overJointFields(program: Program, fields: readonly JointField[]): Program {
  const joint = program.fields.map(({ name }) => fields.findIndex((field) => field.name === name));
  const value = program.fields.map(({ name, domain }, f) => {
    const places = new Map(fields[joint[f]!]!.domain.map((one, i) => [keyOf(name, one), i]));
    return domain.map((one) => places.get(keyOf(name, one))!);
  });
  const rename = (atom: StatefulAtom): StatefulAtom =>
    atom.kind === 'test' || atom.kind === 'assign'
      ? { ...atom, field: joint[atom.field]!, value: value[atom.field]![atom.value]! }
      : atom;
  return { ...program, fields, policy: mapAtoms(program.policy, (atom) => ({ kind: 'atom', atom: rename(atom) })) };
}

/** The packets that satisfy a formula: for each joint field, which values they may have. */
export type Box = readonly (readonly boolean[])[];

/** The packets of a program that satisfy a formula of it. */
export const boxOf = (fields: readonly JointField[], which: Which, formula: Formula): Box =>
  fields.map((field) =>
    field[which].values.map(
      (own) =>
        own !== undefined &&
        formula.every((literal) => literal.field !== field[which].index || (literal.value === own) === literal.equal),
    ),
  );

export const sameBox = (a: Box, b: Box): boolean =>
  a.every((values, f) => values.every((isIn, v) => isIn === b[f]![v]));

export const overlap = (a: Box, b: Box): boolean => a.every((values, f) => values.some((isIn, v) => isIn && b[f]![v]!));

/** A packet of a box that is in none of some others, as an index of a value for each field. */
export function packetOutside(box: Box, others: readonly Box[]): number[] | undefined {
  if (box.some((values) => !values.includes(true))) return undefined;
  const [first, ...more] = others.filter((one) => overlap(box, one));
  // The last value is `other` where there is that: it says best what a field is that does not matter.
  if (!first) return box.map((values) => values.lastIndexOf(true));
  // What is outside by field f, and inside by all fields before it: parts that have no packet in common.
  let rest = box;
  for (const [f, values] of box.entries()) {
    const part = (isOutside: boolean): Box =>
      rest.with(
        f,
        values.map((isIn, v) => isIn && first[f]![v] !== isOutside),
      );
    const packet = packetOutside(part(true), more);
    if (packet) return packet;
    rest = part(false);
  }
  return undefined;
}
