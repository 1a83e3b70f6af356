/**
 * Rows of whole numbers of 32 bits as bytes, for most are small, and of many states most switches are alike: a number
 * is written as 1 more than its zigzag code, 7 bits to a byte, the last byte below 128; what repeats the three numbers
 * before it (network/state.ts writes three for a switch) as 0 and how often. Equal rows have equal bytes.
 */
const period = 3;
/** In place of a number: how often the last three come again. */
const repeat = 0;

/** Writes `words[0..length)`; returns how many bytes. There must be room for `most(length)` of them. */
export function packRow(words: readonly number[], length: number, bytes: Uint8Array): number {
  let to = 0;
  for (let at = 0; at < length; ) {
    let again = at >= period ? repeats(words, at, length) : 0;
    if (again > 0) {
      at += again * period;
      bytes[to++] = repeat;
    } else {
      const word = words[at++]!;
      again = (((word << 1) ^ (word >> 31)) >>> 0) + 1;
    }
    for (; again >= 128; again = Math.floor(again / 128)) bytes[to++] = (again % 128) | 128;
    bytes[to++] = again;
  }
  return to;
}

/** The most bytes that a row of so many numbers takes. */
export const most = (length: number): number => 5 * length;

function repeats(words: readonly number[], from: number, length: number): number {
  let at = from;
  while (at < length && words[at] === words[at - period]) at++;
  return Math.floor((at - from) / period);
}

/** Reads the row in `bytes[from..to)` into `words`; returns how many numbers. */
export function unpackRow(bytes: Uint8Array, from: number, to: number, words: number[]): number {
  let length = 0;
  let at = from;
  const next = (): number => {
    let value = 0;
    let scale = 1;
    for (let byte = bytes[at++]!; ; byte = bytes[at++]!, scale *= 128) {
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < to) {
    const code = next();
    if (code === repeat) {
      for (let left = next() * period; left > 0; left--) words[length] = words[length++ - period]!;
    } else {
      const zigzag = code - 1;
      words[length++] = (zigzag >>> 1) ^ -(zigzag & 1);
    }
  }
  return length;
}
