import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** Thrift's numbers (apache/thrift, doc/specs/thrift-binary-protocol.md): kinds of message, and types of field. */
const call = 1;
const reply = 2;
const version = 0x80010000;
const types = { stop: 0, i32: 8, text: 11, struct: 12 } as const;

/** An argument, in the order of the field ids, from 1. */
export type ThriftArgument = number | string;

export interface ThriftClient {
  /** Calls a function that returns an i32, or nothing (0). @throws Error if the server refuses */
  readonly call: (name: string, args: readonly ThriftArgument[]) => Promise<number>;
  readonly close: () => void;
}

/**
 * A client of one service of a multiplexed Thrift server with binary protocol and buffered transport: what simple_switch has. Written
 * here because the npm package wants code generated from the service's files, and the functions that we need are three.
 * @param stream a connection to the server, which is closed with the client
 */
export function thriftClient(stream: Duplex, service: string): ThriftClient {
  let waiting = Buffer.alloc(0);
  let pending: { readonly done: (result: number) => void; readonly failed: (error: Error) => void } | undefined;
  const fail = (error: Error): void => pending?.failed(error);
  stream.on('error', fail);
  stream.on('close', () => fail(new Error('the Thrift connection was closed')));
  stream.on('data', (data) => {
    waiting = Buffer.concat([waiting, data]);
    const answer = readReply(waiting);
    if (!answer) return;
    waiting = Buffer.alloc(0);
    if ('refused' in answer) pending?.failed(new Error(answer.refused));
    else pending?.done(answer.value);
    pending = undefined;
  });
  let sequence = 0;
  return {
    call: (name, args) =>
      new Promise((done, failed) => {
        if (stream.destroyed) return failed(new Error('the Thrift connection was closed'));
        pending = { done, failed };
        stream.write(message(`${service}:${name}`, ++sequence, args));
      }),
    close: () => stream.destroy(),
  };
}

/** A connection to a port of this machine. @throws Error if nobody listens */
export async function connectTo(port: number): Promise<Duplex> {
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  return socket;
}

const i16 = (n: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(n);
  return bytes;
};
const i32 = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(n >>> 0);
  return bytes;
};
const text = (value: string): Buffer => Buffer.concat([i32(Buffer.byteLength(value)), Buffer.from(value)]);

function message(name: string, sequence: number, args: readonly ThriftArgument[]): Buffer {
  const fields = args.flatMap((value, i) =>
    typeof value === 'number'
      ? [Buffer.from([types.i32]), i16(i + 1), i32(value)]
      : [Buffer.from([types.text]), i16(i + 1), text(value)],
  );
  return Buffer.concat([i32(version | call), text(name), i32(sequence), ...fields, Buffer.from([types.stop])]);
}

/** The answer of a call, once all of it has come: field 0 is the result, any other an exception with a code. */
function readReply(bytes: Buffer): { readonly value: number } | { readonly refused: string } | undefined {
  try {
    const kind = bytes.readUInt32BE(0) & 0xff;
    let at = 4 + 4 + bytes.readUInt32BE(4) + 4;
    const type = bytes.readUInt8(at);
    if (type === types.stop) return { value: 0 };
    const field = bytes.readInt16BE(at + 1);
    at += 3;
    if (kind !== reply || field !== 0) {
      const code = type === types.struct && bytes.readUInt8(at) === types.i32 ? bytes.readInt32BE(at + 3) : undefined;
      return { refused: `the switch refused${code === undefined ? '' : `, with code ${code}`}` };
    }
    return { value: type === types.i32 ? bytes.readInt32BE(at) : 0 };
  } catch (error) {
    // Not all of it has come yet.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
