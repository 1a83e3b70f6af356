import { BadProgram } from './json.js';
import type { FieldPath, Operand, SwitchProgram } from './program.js';

/**
 * A packet in the switch: its headers, each valid or not, with the values of their fields; and the bytes that the
 * parser left.
 */
export interface Packet {
  readonly headers: ReadonlyMap<string, Header>;
  payload: Uint8Array;
}

interface Header {
  isValid: boolean;
  readonly bits: ReadonlyMap<string, number>;
  readonly values: Map<string, bigint>;
}

/** A packet before it is parsed: its metadata are valid, and all 0. */
export function newPacket(program: SwitchProgram, payload: Uint8Array): Packet {
  const headers = program.headers.map(({ name, type, isMetadata }): [string, Header] => {
    const fields = program.headerTypes.get(type);
    if (!fields) throw new BadProgram(`header ${name}: there is no type ${type}`);
    const bits = new Map(fields.map((field) => [field.name, field.bits]));
    return [name, { isValid: isMetadata, bits, values: new Map(fields.map((field) => [field.name, 0n])) }];
  });
  return { headers: new Map(headers), payload };
}

export const copyPacket = (packet: Packet): Packet => ({
  headers: new Map([...packet.headers].map(([name, header]) => [name, { ...header, values: new Map(header.values) }])),
  payload: packet.payload,
});

export function headerOf(packet: Packet, name: string): Header {
  const header = packet.headers.get(name);
  if (!header) throw new BadProgram(`there is no header ${name}`);
  return header;
}

export function widthOf(packet: Packet, [header, field]: FieldPath): number {
  if (field === '$valid$') return 1;
  const bits = headerOf(packet, header).bits.get(field);
  if (bits === undefined) throw new BadProgram(`there is no field ${header}.${field}`);
  return bits;
}

export function readFieldOf(packet: Packet, [name, field]: FieldPath): bigint {
  const header = headerOf(packet, name);
  if (field === '$valid$') return header.isValid ? 1n : 0n;
  const value = header.values.get(field);
  if (value === undefined) throw new BadProgram(`there is no field ${name}.${field}`);
  return value;
}

/** Writes a field; the value is cut to the field's width. */
export function writeField(packet: Packet, field: FieldPath, value: bigint): void {
  headerOf(packet, field[0]).values.set(field[1], BigInt.asUintN(widthOf(packet, field), value));
}

/** The value of an expression; truth is 1. */
export function evaluate(packet: Packet, value: Operand, parameters: readonly bigint[]): bigint {
  switch (value.kind) {
    case 'constant':
      return value.value;
    case 'field':
      return readFieldOf(packet, value.field);
    case 'parameter':
      return parameters[value.index] ?? outOfRange(value.index);
    case 'operation': {
      const { op, left, right, condition } = value;
      const of = (side: Operand | undefined): bigint => {
        if (!side) throw new BadProgram(`an operand of ${op} is missing`);
        return evaluate(packet, side, parameters);
      };
      const truth = (holds: boolean): bigint => (holds ? 1n : 0n);
      switch (op) {
        case 'd2b':
          return truth(of(right) !== 0n);
        case 'not':
          return truth(of(right) === 0n);
        case 'and':
          return truth(of(left) !== 0n && of(right) !== 0n);
        case 'or':
          return truth(of(left) !== 0n || of(right) !== 0n);
        case '==':
          return truth(of(left) === of(right));
        case '!=':
          return truth(of(left) !== of(right));
        case '|':
          return of(left) | of(right);
        case '&':
          return of(left) & of(right);
        case '<<':
          return of(left) << of(right);
        case '>>':
          return of(left) >> of(right);
        case '+':
          return of(left) + of(right);
        case '-':
          return of(left) - of(right);
        case '?':
          return of(condition) !== 0n ? of(left) : of(right);
        default:
          throw new BadProgram(`the operation ${op} is not known here`);
      }
    }
  }
}

function outOfRange(index: number): never {
  throw new BadProgram(`there is no parameter ${index}`);
}
