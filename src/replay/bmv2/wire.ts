import { bitReader, packBits } from './bits.js';
import { BadProgram } from './json.js';
import { evaluate, headerOf, newPacket, type Packet, readFieldOf, widthOf, writeField } from './packet.js';
import type { CalculationInput, FieldPath, ParseState, SwitchProgram } from './program.js';

/** A parser that runs through more states than this is taken to go round in circles. */
const maxStates = 100;

/** Parses a frame. If it ends early, the headers read so far are kept, and those that should follow are not valid. */
export function parse(program: SwitchProgram, frame: Uint8Array, prepare: (packet: Packet) => void): Packet {
  const packet = newPacket(program, frame);
  prepare(packet);
  const input = bitReader(frame);
  let next: string | undefined = program.parser.start;
  for (let visited = 0; next !== undefined; visited++) {
    if (visited > maxStates) throw new BadProgram('the parser does not end');
    const state = program.parser.states.get(next);
    if (!state) throw new BadProgram(`there is no parser state ${next}`);
    for (const step of state.steps) {
      if (step.op === 'set') {
        writeField(packet, step.field, evaluate(packet, step.value, []));
        continue;
      }
      const header = headerOf(packet, step.header);
      const size = [...header.bits.values()].reduce((a, b) => a + b, 0);
      if (input.left() < size) return { ...packet, payload: input.rest() };
      header.isValid = true;
      for (const [name, bits] of header.bits) header.values.set(name, input.take(bits));
    }
    next = follow(packet, state);
  }
  return { ...packet, payload: input.rest() };
}

/** The state that follows a parser state; keys are compared in whole bytes. */
function follow(packet: Packet, { key, transitions }: ParseState): string | undefined {
  const value = key.reduce((all, field) => (all << byteWidth(packet, field)) | readFieldOf(packet, field), 0n);
  for (const t of transitions) {
    if (t.value === undefined) return t.next;
    const mask = t.mask ?? -1n;
    if ((value & mask) === (t.value & mask)) return t.next;
  }
  return undefined;
}

const byteWidth = (packet: Packet, field: FieldPath): bigint => BigInt(Math.ceil(widthOf(packet, field) / 8) * 8);

/** The frame that a packet leaves as: checksums made anew, then the headers that are there, then the payload. */
export function deparse(program: SwitchProgram, packet: Packet): Uint8Array {
  for (const { target, calculation, condition } of program.checksums) {
    if (!headerOf(packet, target[0]).isValid) continue;
    if (condition && evaluate(packet, condition, []) === 0n) continue;
    const input = program.calculations.get(calculation);
    if (!input) throw new BadProgram(`there is no calculation ${calculation}`);
    writeField(packet, target, BigInt(onesComplementSum(collect(packet, input))));
  }
  const headers = program.deparser.filter((name) => headerOf(packet, name).isValid);
  return Uint8Array.from([...headers.flatMap((name) => [...headerBytes(packet, name)]), ...packet.payload]);
}

function headerBytes(packet: Packet, name: string): Uint8Array {
  const header = headerOf(packet, name);
  return packBits([...header.bits].map(([field, bits]) => ({ value: header.values.get(field)!, bits })));
}

/**
 * The bytes over which a checksum is calculated; fields of invalid headers are skipped. All payloads here follow the
 * last header.
 */
function collect(packet: Packet, input: readonly CalculationInput[]): Uint8Array {
  const fields: { value: bigint; bits: number }[] = [];
  let payload: Uint8Array = new Uint8Array();
  for (const part of input) {
    if (part.kind === 'payload') payload = packet.payload;
    else if (part.kind === 'constant') fields.push(part);
    else if (headerOf(packet, part.field[0]).isValid)
      fields.push({ value: readFieldOf(packet, part.field), bits: widthOf(packet, part.field) });
  }
  return Uint8Array.from([...packBits(fields), ...payload]);
}

/** csum16: RFC 1071. */
function onesComplementSum(bytes: Uint8Array): number {
  let sum = 0;
  for (const [i, byte] of bytes.entries()) sum += i % 2 === 0 ? byte << 8 : byte;
  while (sum >> 16 !== 0) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}
