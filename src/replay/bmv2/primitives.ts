import { BadProgram } from './json.js';
import { evaluate, headerOf, type Packet, writeField } from './packet.js';
import type { FieldPath, Primitive } from './program.js';

/** A register array: the width of its cells in bits, and their values. */
export interface RegisterArray {
  readonly bits: number;
  readonly cells: bigint[];
}

/** What primitives work on beside the packet. */
export interface Surroundings {
  readonly registers: ReadonlyMap<string, RegisterArray>;
  /** The field of the multicast group, if the program has one. */
  readonly group: FieldPath | undefined;
}

/** v1model's port for packets that are dropped. */
export const dropPort = 511n;

/** Does one step of an action. `parameters` are those of the entry. @throws BadProgram */
export function runPrimitive(
  { registers, group }: Surroundings,
  packet: Packet,
  primitive: Primitive,
  parameters: readonly bigint[],
): void {
  const { op } = primitive;
  const { value, field, name } = readers(primitive, packet, parameters);
  const register = (i: number): RegisterArray => {
    const found = registers.get(name(i));
    if (!found) throw new BadProgram(`there is no register array ${name(i)}`);
    return found;
  };
  switch (op) {
    case 'assign':
      writeField(packet, field(0), value(1));
      return;
    case 'add_header': {
      const header = headerOf(packet, name(0));
      if (!header.isValid) for (const key of header.values.keys()) header.values.set(key, 0n);
      header.isValid = true;
      return;
    }
    case 'remove_header':
      headerOf(packet, name(0)).isValid = false;
      return;
    case 'register_read':
      writeField(packet, field(0), register(1).cells[Number(value(2))] ?? 0n);
      return;
    case 'register_write': {
      const { bits, cells } = register(0);
      cells[Number(value(1))] = BigInt.asUintN(bits, value(2));
      return;
    }
    case 'mark_to_drop':
      writeField(packet, [name(0), 'egress_spec'], dropPort);
      if (group) writeField(packet, group, 0n);
      return;
    default:
      throw new BadProgram(`the primitive ${op} is not known here`);
  }
}

/** Readers of a primitive's arguments, one for each kind that an argument may have to be of. */
function readers({ op, arguments: args }: Primitive, packet: Packet, parameters: readonly bigint[]) {
  return {
    value: (i: number): bigint => {
      const argument = args[i];
      if (argument === undefined || typeof argument === 'string')
        throw new BadProgram(`${op}: argument ${i} is no value`);
      return evaluate(packet, argument, parameters);
    },
    field: (i: number): FieldPath => {
      const argument = args[i];
      if (typeof argument !== 'object' || argument.kind !== 'field')
        throw new BadProgram(`${op}: argument ${i} is no field`);
      return argument.field;
    },
    name: (i: number): string => {
      const argument = args[i];
      if (typeof argument !== 'string') throw new BadProgram(`${op}: argument ${i} is no name`);
      return argument;
    },
  };
}
