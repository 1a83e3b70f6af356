import type { Semantics } from '../../src/execution/execution.js';
import {
  concat,
  enhancedPacket,
  interfaceDescription,
  sectionHeader,
} from '../../src/report/executions/pcapng-blocks.js';
import { readPcapng } from './pcapng-reader.js';
import type { RecordedExchange } from './recorded.js';

/** What a real switch did: `by` says which. */
export interface Golden {
  readonly by: string;
  readonly model: string;
  readonly semantics: Semantics;
  readonly exchanges: readonly RecordedExchange[];
}

/**
 * The distance between two exchanges in a capture, in microseconds: exchanges have an order, but no times of their own.
 */
const interval_us = 1000;

/**
 * A capture with an interface for each port of each switch, `1:2`: what goes into a switch, and behind it what comes
 * out.
 */
export function writeGolden({ by, model, semantics, exchanges }: Golden): Uint8Array {
  const ports = [
    ...new Set(
      exchanges.flatMap(({ switch: id, port, outputs }) => [port, ...outputs.map(([p]) => p)].map((p) => `${id}:${p}`)),
    ),
  ];
  const packet = (i: number, at: string, direction: 'inbound' | 'outbound', frame: string): Uint8Array =>
    enhancedPacket({
      interfaceIndex: ports.indexOf(at),
      time_us: i * interval_us + (direction === 'inbound' ? 0 : interval_us / 2),
      direction,
      bytes: Uint8Array.from(Buffer.from(frame, 'hex')),
      comment: '',
    });
  return concat([
    sectionHeader('snk-verify', [by, model, semantics].join('; ')),
    ...ports.map((at) => interfaceDescription(at, '')),
    ...exchanges.flatMap(({ switch: id, port, frame, outputs }, i) => [
      packet(i, `${id}:${port}`, 'inbound', frame),
      ...outputs.map(([leaving, sent]) => packet(i, `${id}:${leaving}`, 'outbound', sent)),
    ]),
  ]);
}

export function readGolden(bytes: Uint8Array): Golden {
  const { about, packets } = readPcapng(bytes);
  const [by, model, semantics] = about.split('; ') as [string, string, Semantics];
  const exchanges: RecordedExchange[] = [];
  for (const { interfaceName, direction, frame } of packets) {
    const [id, port] = interfaceName.split(':').map(Number) as [number, number];
    const hexadecimal = Buffer.from(frame).toString('hex');
    const last = exchanges.pop();
    if (direction === 'inbound')
      exchanges.push(...(last ? [last] : []), { switch: id, port, frame: hexadecimal, outputs: [] });
    else if (last?.switch !== id) throw new Error(`${interfaceName} sends what it was not asked for`);
    else exchanges.push({ ...last, outputs: [...last.outputs, [port, hexadecimal]] });
  }
  return { by, model, semantics, exchanges };
}
