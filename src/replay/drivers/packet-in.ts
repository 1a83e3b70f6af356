import { connectPair } from './nanomsg.js';
import type { WireKind } from './wire.js';

/** Kinds of message on the `--packet-in` socket. */
const packetIn = 3;
const packetOut = 4;

/** Polling serves only to see that a process has ended: the socket announces every frame that leaves. */
const pollInterval_ms = 50;

/** simple_switch's `--packet-in`: messages on a nanomsg socket. */
export const packetInWire: WireKind = {
  name: '',
  lay: (base) => ({
    options: ['--packet-in', `ipc://${base}.p`],
    connect: async ({ left, closed }) => {
      const message = (bytes: Buffer): void => {
        if (bytes.readInt32LE(0) === packetOut)
          left({ port: bytes.readInt32LE(4), frame: Uint8Array.from(bytes.subarray(12)) });
      };
      const socket = await connectPair(`${base}.p`, { message, closed });
      return {
        send: (frames) => {
          for (const { port, frame } of frames) {
            const header = Buffer.alloc(12);
            header.writeInt32LE(packetIn, 0);
            header.writeInt32LE(port, 4);
            header.writeInt32LE(frame.length, 8);
            socket.send(Buffer.concat([header, frame]));
          }
        },
        poll: () => undefined,
        pollInterval_ms,
        close: socket.close,
      };
    },
    abandon: () => undefined,
  }),
};
