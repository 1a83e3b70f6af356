import { connect, type Socket } from 'node:net';

/** nanomsg's greeting of a PAIR socket over `ipc://` (SP protocol 0.10): both sides say the same. */
const greeting = Buffer.from([0x00, 0x53, 0x50, 0x00, 0x00, 0x10, 0x00, 0x00]);

/** In front of each message: one byte, 1, and the length as a big-endian number of 64 bits. */
const headerSize = 9;

export interface PairSocket {
  readonly send: (message: Uint8Array) => void;
  readonly close: () => void;
}

/**
 * Connects to a nanomsg PAIR socket on a Unix socket. Resolves after the greetings.
 * @throws Error if nobody listens there, or it is no PAIR socket
 */
export function connectPair(
  path: string,
  on: { readonly message: (message: Buffer) => void; readonly closed: () => void },
): Promise<PairSocket> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ path });
    let isGreeted = false;
    let waiting = Buffer.alloc(0);
    socket.on('connect', () => socket.write(greeting));
    socket.on('error', reject);
    socket.on('close', () => {
      reject(new Error('the socket was closed'));
      on.closed();
    });
    socket.on('data', (data) => {
      waiting = Buffer.concat([waiting, data]);
      if (!isGreeted) {
        if (waiting.length < greeting.length) return;
        if (!waiting.subarray(0, greeting.length).equals(greeting)) {
          reject(new Error('it is no nanomsg PAIR socket'));
          socket.destroy();
          return;
        }
        isGreeted = true;
        waiting = waiting.subarray(greeting.length);
        resolve({
          send: (message) => {
            const header = Buffer.alloc(headerSize);
            header[0] = 1;
            header.writeBigUInt64BE(BigInt(message.length), 1);
            socket.write(Buffer.concat([header, message]));
          },
          close: () => socket.destroy(),
        });
      }
      while (waiting.length >= headerSize) {
        const end = headerSize + Number(waiting.readBigUInt64BE(1));
        if (waiting.length < end) return;
        on.message(waiting.subarray(headerSize, end));
        waiting = waiting.subarray(end);
      }
    });
  });
}
