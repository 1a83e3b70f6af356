import type { Span } from '../netkat/policy.js';

/** A program's text, into which all offsets point, and where its bytes were not UTF-8. */
export interface SourceText {
  /** The decoded text, without a byte order mark. U+FFFD takes the place of every undecodable sequence. */
  readonly text: string;
  /** Offsets into `text` of the first undecodable sequences. */
  readonly undecodable: readonly number[];
}

const byteOrderMark = '\u{feff}';

/**
 * Decodes a file; never throws. A leading byte order mark is dropped, so that the columns of the first line are those
 * that people see.
 */
export function decodeSource(source: Uint8Array | string): SourceText {
  if (typeof source === 'string') {
    return { text: source.startsWith(byteOrderMark) ? source.slice(1) : source, undecodable: [] };
  }
  return { text: new TextDecoder('utf-8').decode(source), undecodable: undecodableOffsets(source) };
}

const maxUndecodable = 1000;

/**
 * The UTF-16 offsets at which a decoder writes U+FFFD for bytes that are no UTF-8: one for each maximal part of a
 * sequence (WHATWG Encoding Standard), so that a U+FFFD that the file itself contains is not taken for an undecodable
 * sequence.
 */
function undecodableOffsets(bytes: Uint8Array): readonly number[] {
  const found: number[] = [];
  let i = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let offset = 0;
  while (i < bytes.length && found.length < maxUndecodable) {
    const length = sequenceLength(bytes, i);
    if (length < 0) found.push(offset);
    offset += length === 4 ? 2 : 1;
    i += Math.abs(length);
  }
  return found;
}

/**
 * The length of the sequence at `i`. If the sequence is broken, the result is negative: minus the length of its longest
 * well-formed start (at least 1).
 */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const first = bytes[i]!;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return -1;
  const wanted = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  // The second byte has a narrower range if the sequence could else be overlong, a surrogate, or beyond U+10FFFF.
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  for (let k = 1; k < wanted; k++) {
    const byte = bytes[i + k];
    if (byte === undefined || byte < (k === 1 ? low : 0x80) || byte > (k === 1 ? high : 0xbf)) return -k;
  }
  return wanted;
}

/** A place as people count it: line and column start at 1, and columns are Unicode code points. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** The positions of some offsets, found in one pass over the text. Lines end at LF, CR LF or CR. */
export function positionsOf(text: string, offsets: readonly number[]): ReadonlyMap<number, TextPosition> {
  const positions = new Map<number, TextPosition>();
  let at = 0;
  let line = 1;
  let column = 1;
  for (const offset of [...offsets].sort((a, b) => a - b)) {
    while (at < offset) {
      const unit = text.charCodeAt(at);
      const lineEnds = unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10);
      const isPair = unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
      if (lineEnds) line += 1;
      column = lineEnds ? 1 : column + 1;
      at += isPair ? 2 : 1;
    }
    positions.set(offset, { line, column });
  }
  return positions;
}

/** The line that contains an offset, without its end, and no further than `reach` UTF-16 units to either side. */
export function lineAround(text: string, offset: number, reach: number): Span {
  let start = Math.min(offset, text.length);
  while (start > 0 && offset - start < reach && !isLineEnd(text.charCodeAt(start - 1))) start -= 1;
  // A surrogate pair that `reach` would cut in two is left out.
  if ((text.charCodeAt(start) & 0xfc00) === 0xdc00 && start < offset) start += 1;
  let end = Math.min(offset, text.length);
  while (end < text.length && end - offset < reach && !isLineEnd(text.charCodeAt(end))) end += 1;
  return { start, end };
}

export const isLineEnd = (unit: number): boolean => unit === 10 || unit === 13;
