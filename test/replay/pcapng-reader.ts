/** A packet of a capture. */
export interface Captured {
  readonly interfaceName: string;
  readonly direction: 'inbound' | 'outbound';
  readonly frame: Uint8Array;
}

interface Capture {
  /** The comment of the section. */
  readonly about: string;
  readonly packets: readonly Captured[];
}

/**
 * Reads a little-endian pcapng file of one section (draft-ietf-opsawg-pcapng): a reader of its own, for the writer is
 * not to judge itself.
 */
export function readPcapng(bytes: Uint8Array): Capture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const interfaces: string[] = [];
  const packets: Captured[] = [];
  let about = '';
  const options = (from: number, to: number): Map<number, Uint8Array> => {
    const found = new Map<number, Uint8Array>();
    for (let at = from; at + 4 <= to; ) {
      const [code, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
      if (code === 0) break;
      found.set(code, bytes.subarray(at + 4, at + 4 + length));
      at += 4 + 4 * Math.ceil(length / 4);
    }
    return found;
  };
  const text = (value: Uint8Array | undefined): string => new TextDecoder().decode(value);
  for (let at = 0; at < bytes.length; ) {
    const [type, length] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
    const end = at + length - 4;
    if (view.getUint32(end, true) !== length) throw new Error(`the block at ${at} has two lengths`);
    if (type === 0x0a0d0d0a) about = text(options(at + 24, end).get(1));
    if (type === 1) interfaces.push(text(options(at + 16, end).get(2)));
    if (type === 6) {
      const size = view.getUint32(at + 20, true);
      const [flags] = options(at + 28 + 4 * Math.ceil(size / 4), end).get(2) ?? [];
      packets.push({
        interfaceName: interfaces[view.getUint32(at + 8, true)]!,
        direction: flags === 1 ? 'inbound' : 'outbound',
        frame: bytes.slice(at + 28, at + 28 + size),
      });
    }
    at += length;
  }
  return { about, packets };
}
