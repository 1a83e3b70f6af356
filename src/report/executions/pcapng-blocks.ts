/** Blocks of a pcapng file (draft-ietf-opsawg-pcapng), little-endian. */

/** An option of a block: its code and value. */
type Option = readonly [code: number, value: Uint8Array];

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

const u32 = (...values: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setUint32(i * 4, value, true);
  return bytes;
};

const u16 = (...values: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(values.length * 2);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setUint16(i * 2, value, true);
  return bytes;
};

/** To a multiple of 4 bytes. */
const padded = (bytes: Uint8Array): Uint8Array => concat([bytes, new Uint8Array((4 - (bytes.length % 4)) % 4)]);

/** Some bytes after each other. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** Lengths of options have 16 bits. */
const maxOptionBytes = 0xffff;

const options = (list: readonly Option[]): Uint8Array =>
  concat([
    ...list.flatMap(([code, value]) => {
      const kept = value.subarray(0, maxOptionBytes);
      return [u16(code, kept.length), padded(kept)];
    }),
    u16(0, 0),
  ]);

function block(type: number, body: Uint8Array): Uint8Array {
  const length = body.length + 12;
  return concat([u32(type, length), body, u32(length)]);
}

const comment = (value: string): Option => [1, text(value)];

/** A section, of unknown length: what follows belongs to it. */
export const sectionHeader = (application: string, about: string): Uint8Array =>
  block(
    0x0a0d0d0a,
    concat([
      u32(0x1a2b3c4d),
      u16(1, 0),
      u32(0xffffffff, 0xffffffff),
      options([comment(about), [4, text(application)]]),
    ]),
  );

/** An Ethernet interface; its times are in microseconds. */
export const interfaceDescription = (name: string, about: string): Uint8Array =>
  block(
    1,
    concat([
      u16(1, 0),
      u32(0),
      options([
        [2, text(name)],
        [3, text(about)],
        [9, new Uint8Array([6])],
      ]),
    ]),
  );

/** A packet seen on an interface. */
export function enhancedPacket(packet: {
  readonly interfaceIndex: number;
  readonly time_us: number;
  readonly direction: 'inbound' | 'outbound';
  readonly bytes: Uint8Array;
  readonly comment: string;
}): Uint8Array {
  const { interfaceIndex, time_us, direction, bytes } = packet;
  const flags = u32(direction === 'inbound' ? 1 : 2);
  return block(
    6,
    concat([
      u32(interfaceIndex, Math.floor(time_us / 2 ** 32), time_us % 2 ** 32, bytes.length, bytes.length),
      padded(bytes),
      options([comment(packet.comment), [2, flags]]),
    ]),
  );
}
