import { reader, writer } from '../frames/bytes.js';
import { etherTypes } from '../frames/protocol-numbers.js';
import { controlOperations } from './layout.js';

/** A frame of the controller: what it asks of a switch, and for `stamp` and `process` the frame that is meant. */
export interface ControlFrame {
  readonly operation: keyof typeof controlOperations;
  /** The port by which the answer is to leave; for `process`, the port by which the frame counts as having come in. */
  readonly port: number;
  readonly value: bigint;
  /** A number by which the sender recognises the answer; it is part of the source address. */
  readonly serial: number;
  /** The frame that is meant, whose addresses and EtherType are kept; undefined if the operation needs none. */
  readonly inner?: Uint8Array;
}

const names = Object.keys(controlOperations) as (keyof typeof controlOperations)[];

/** A locally administered address, which no host has. */
const controllerAddress = 0x060000000000;
const serialRange = 2 ** 40;

/** The offset of the EtherType in a frame, in bytes. */
const typeOffset = 12;

/** The EtherType of a control header that no frame follows. */
const nothing = 0xffff;

export function controlBytes({ operation, port, value, serial, inner }: ControlFrame): Uint8Array {
  const out = writer();
  if (inner) out.putBytes(inner.subarray(0, typeOffset));
  else {
    out.put(controllerAddress, 6);
    out.put(controllerAddress + (serial % serialRange), 6);
  }
  out.put(etherTypes.control, 2);
  out.put(controlOperations[operation], 1);
  out.put(port, 2);
  out.putLong(value);
  if (inner) out.putBytes(inner.subarray(typeOffset));
  else out.put(nothing, 2);
  return out.bytes();
}

/** The control frame that these bytes make up, or undefined if they make up none. */
export function readControl(bytes: Uint8Array): ControlFrame | undefined {
  const headerSize = 27;
  if (bytes.length < headerSize) return undefined;
  const input = reader(bytes);
  const destination = input.take(6);
  const source = input.take(6);
  if (input.take(2) !== etherTypes.control) return undefined;
  const code = input.take(1);
  const operation = names.find((name) => controlOperations[name] === code);
  if (!operation) return undefined;
  const control = { operation, port: input.take(2), value: input.takeLong() };
  const isAbout = destination !== controllerAddress;
  if (!isAbout) return { ...control, serial: source - controllerAddress };
  const inner = Uint8Array.from([...bytes.subarray(0, typeOffset), ...bytes.subarray(headerSize - 2)]);
  return { ...control, serial: 0, inner };
}
