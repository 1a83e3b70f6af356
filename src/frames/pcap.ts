import { arrayOf, assertArguments } from '../base/taken.js';

/** A frame in a capture, with its time stamp in seconds: here, the number of a step. */
export interface CapturedFrame {
  readonly second: number;
  readonly frame: Uint8Array;
}

const magic = 0xa1b2c3d4;
const maxFrameLength = 0x40000;
const ethernet = 1;
const headerSize = 24;
const recordHeaderSize = 16;

/**
 * A capture file of Ethernet frames in libpcap's classic format, little-endian.
 * @example
 * ```ts
 * import { pcapBytes } from 'snk-verify';
 *
 * const capture = pcapBytes([{ second: 0, frame: new Uint8Array(60) }]);
 * console.log(capture.length); // 100
 * ```
 */
export function pcapBytes(frames: readonly CapturedFrame[]): Uint8Array {
  assertArguments('pcapBytes', { frames: [frames, captured] });
  const header = new Uint8Array(headerSize);
  const words = [magic, 0x00040002, 0, 0, maxFrameLength, ethernet];
  for (const [i, word] of words.entries()) new DataView(header.buffer).setUint32(4 * i, word, true);
  const parts = [header, ...frames.map(pcapRecord)];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const captured = arrayOf('frames, each { second, frame } with its bytes', {
  takes: 'a frame',
  isIt: (value) => {
    const { second, frame } = (value ?? {}) as Partial<CapturedFrame>;
    return typeof second === 'number' && frame instanceof Uint8Array;
  },
});

/** The record of one frame in a capture. */
export function pcapRecord({ second, frame }: CapturedFrame): Uint8Array {
  const bytes = new Uint8Array(recordHeaderSize + frame.length);
  const view = new DataView(bytes.buffer);
  for (const [i, word] of [second, 0, frame.length, frame.length].entries()) view.setUint32(4 * i, word, true);
  bytes.set(frame, recordHeaderSize);
  return bytes;
}

/**
 * The frames of a little-endian capture that may still be being written: a record that is not yet complete is left out.
 */
export function readPcapRecords(bytes: Uint8Array): CapturedFrame[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: CapturedFrame[] = [];
  for (let at = headerSize; at + recordHeaderSize <= bytes.length; ) {
    const end = at + recordHeaderSize + view.getUint32(at + 8, true);
    if (end > bytes.length) break;
    frames.push({ second: view.getUint32(at, true), frame: bytes.slice(at + recordHeaderSize, end) });
    at = end;
  }
  return frames;
}
