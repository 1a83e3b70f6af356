/** Appends big-endian numbers and bytes: network order (RFC 1700). */
export interface Writer {
  /** Appends `number` in `size` bytes: at most 6, since JavaScript's numbers are exact up to 53 bits only. */
  readonly put: (number: number, size: number) => void;
  /** Appends a number of 64 bits. */
  readonly putLong: (number: bigint) => void;
  readonly putBytes: (bytes: Uint8Array) => void;
  readonly bytes: () => Uint8Array;
}

export function writer(): Writer {
  const written: number[] = [];
  const put = (number: number, size: number): void => {
    if (!Number.isSafeInteger(number) || number < 0 || number >= 256 ** size)
      throw new Error(`${number} does not fit into ${size} bytes`);
    for (let shift = size - 1; shift >= 0; shift--) written.push(Math.floor(number / 256 ** shift) % 256);
  };
  return {
    put,
    putLong: (number) => {
      put(Number(number >> 32n), 4);
      put(Number(number & 0xffffffffn), 4);
    },
    putBytes: (bytes) => {
      for (const byte of bytes) written.push(byte);
    },
    bytes: () => Uint8Array.from(written),
  };
}

/** Takes big-endian numbers and bytes off a frame, from its start. */
export interface Reader {
  /** How many bytes are left. */
  readonly left: () => number;
  /** A number of `size` bytes, at most 6. @throws RangeError past the end */
  readonly take: (size: number) => number;
  readonly takeLong: () => bigint;
  readonly takeBytes: (count: number) => Uint8Array;
}

export function reader(bytes: Uint8Array): Reader {
  let at = 0;
  const takeBytes = (count: number): Uint8Array => {
    if (at + count > bytes.length) throw new RangeError(`${count} bytes wanted at ${at} of ${bytes.length}`);
    at += count;
    return bytes.subarray(at - count, at);
  };
  const take = (size: number): number => takeBytes(size).reduce((number, byte) => number * 256 + byte, 0);
  return {
    left: () => bytes.length - at,
    take,
    takeLong: () => (BigInt(take(4)) << 32n) | BigInt(take(4)),
    takeBytes,
  };
}

/** Bytes as they are printed: two hexadecimal digits each. */
export const showBytes = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
