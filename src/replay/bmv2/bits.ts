/** Takes fields off the front of bytes, bit by bit. */
export function bitReader(bytes: Uint8Array): {
  readonly take: (bits: number) => bigint;
  readonly left: () => number;
  readonly rest: () => Uint8Array;
} {
  let at = 0;
  return {
    take: (bits) => {
      let value = 0n;
      for (let i = 0; i < bits; i++, at++) value = (value << 1n) | BigInt((bytes[at >> 3]! >> (7 - (at & 7))) & 1);
      return value;
    },
    left: () => bytes.length * 8 - at,
    rest: () => bytes.subarray(at >> 3),
  };
}

/** Fields one after the other, as bytes; the last is filled up with zeros. */
export function packBits(fields: readonly { readonly value: bigint; readonly bits: number }[]): Uint8Array {
  const total = fields.reduce((sum, { bits }) => sum + bits, 0);
  const size = Math.ceil(total / 8);
  let all =
    fields.reduce((packed, { value, bits }) => (packed << BigInt(bits)) | value, 0n) << BigInt(size * 8 - total);
  const bytes = new Uint8Array(size);
  for (let i = size - 1; i >= 0; i--, all >>= 8n) bytes[i] = Number(all & 0xffn);
  return bytes;
}
