/** A frame in a capture, with the second that it is stamped with: here, the number of a step. */
export interface CapturedFrame {
  readonly second: number;
  readonly frame: Uint8Array;
}

const magic = 0xa1b2c3d4;
const maxFrameLength = 0x40000;
const ethernet = 1;

/** A capture file of Ethernet frames in libpcap's classic format, little-endian. */
export function pcapBytes(frames: readonly CapturedFrame[]): Uint8Array {
  const size = 24 + frames.reduce((sum, { frame }) => sum + 16 + frame.length, 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const header = [magic, 0x00040002, 0, 0, maxFrameLength, ethernet];
  for (const [i, word] of header.entries()) view.setUint32(4 * i, word, true);
  let at = 24;
  for (const { second, frame } of frames) {
    for (const [i, word] of [second, 0, frame.length, frame.length].entries()) view.setUint32(at + 4 * i, word, true);
    bytes.set(frame, at + 16);
    at += 16 + frame.length;
  }
  return bytes;
}
