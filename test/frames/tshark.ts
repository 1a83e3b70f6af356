import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Whether Wireshark's `tshark` is on this machine. */
export const hasTshark = spawnSync('tshark', ['--version']).status === 0;

/** A capture of Ethernet frames in the classic format of libpcap. */
function pcapOf(frames: readonly Uint8Array[]): Uint8Array {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(0x40000, 16);
  header.writeUInt32LE(1, 20);
  const records = frames.map((frame, i) => {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(i, 0);
    record.writeUInt32LE(frame.length, 8);
    record.writeUInt32LE(frame.length, 12);
    return Buffer.concat([record, frame]);
  });
  return Buffer.concat([header, ...records]);
}

/** What tshark reads in each frame, in these fields of its own; checksums are validated. */
export function tsharkFields(frames: readonly Uint8Array[], names: readonly string[]): string[][] {
  const folder = mkdtempSync(path.join(tmpdir(), 'snk-frames-'));
  try {
    const file = path.join(folder, 'frames.pcap');
    writeFileSync(file, pcapOf(frames));
    const preferences = ['ip.check_checksum', 'tcp.check_checksum', 'udp.check_checksum'].flatMap((name) => [
      '-o',
      `${name}:TRUE`,
    ]);
    const { status, stdout, stderr } = spawnSync(
      'tshark',
      [
        '-n',
        '-r',
        file,
        '-T',
        'fields',
        '-E',
        'occurrence=f',
        ...preferences,
        ...names.flatMap((name) => ['-e', name]),
      ],
      { encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    if (status !== 0) throw new Error(`tshark: ${stderr}`);
    return stdout
      .split('\n')
      .slice(0, frames.length)
      .map((line) => line.split('\t'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
