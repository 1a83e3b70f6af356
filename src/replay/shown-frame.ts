import { showEvents } from '../base/event-set-notation.js';
import { members } from '../events/event-set.js';
import type { ShownFrame, ShownTag } from '../execution/replay-verdict.js';
import { showBytes } from '../frames/bytes.js';
import { readFrame, type TagBytes } from '../frames/frame.js';
import { type Framing, headersIn } from '../frames/framing.js';
import type { ForwardingRule } from '../tables/tables.js';
import { showTagMatch } from '../tables/tags.js';
import type { Leaving } from './drivers/driver.js';

/** A frame in the program's terms. */
export function showFrame(framing: Framing, tagBytes: TagBytes, { port, frame: bytes }: Leaving): ShownFrame {
  const frame = readFrame(bytes, tagBytes);
  if ('wrong' in frame) return { port, headers: undefined, shim: null, bytes: showBytes(bytes) };
  const { shim } = frame;
  return {
    port,
    headers: headersIn(framing, frame),
    shim: shim ? { tag: showTag(shim.tag), pc: shim.pc, digest: members(shim.digest) } : null,
    bytes: showBytes(bytes),
  };
}

const showTag = (tag: bigint): ShownTag =>
  tag <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(tag) : `0x${tag.toString(16)}`;

/** A rule in words: `priority 4: port 2, tag 0/1, ip_dst=H4 -> port 1`. */
export function showRule(blocks: number, { priority, match, outputs }: ForwardingRule): string {
  const values = (headers: ForwardingRule['match']['headers']) =>
    Object.entries(headers).map(([name, value]) => `${name}=${value}`);
  const conditions = [
    `port ${match.port}`,
    ...(match.tag ? [`tag ${showTagMatch(blocks, match.tag)}`] : []),
    ...(match.pc === undefined ? [] : [`pc ${match.pc}`]),
    ...values(match.headers),
  ];
  const sent = outputs.map(({ port, set, pc }) =>
    [`port ${port}`, ...values(set), ...(pc === undefined ? [] : [`pc ${pc}`])].join(' '),
  );
  return `priority ${priority}: ${conditions.join(', ')} -> ${sent.join(', ') || 'dropped'}`;
}

const key = ({ port, bytes }: ShownFrame): string => `${port} ${bytes}`;

/**
 * How the frames that left differ from those predicted, in words; empty if they do not. The order of frames of
 * different ports says nothing.
 */
export function differences(predicted: readonly ShownFrame[], observed: readonly ShownFrame[]): string[] {
  const left = [...observed];
  const missing = predicted.filter((frame) => {
    const i = left.findIndex((candidate) => key(candidate) === key(frame));
    if (i >= 0) left.splice(i, 1);
    return i < 0;
  });
  const said: string[] = [];
  for (const frame of missing) {
    const i = left.findIndex(({ port }) => port === frame.port);
    const instead = i < 0 ? undefined : left.splice(i, 1)[0]!;
    for (const one of instead
      ? compare(frame, instead)
      : [`nothing like it left by port ${frame.port}: ${inWords(frame)}`])
      said.push(one);
  }
  return [
    ...said,
    ...left.map((frame) => `a packet left by port ${frame.port} that should not have: ${inWords(frame)}`),
  ];
}

const inWords = ({ headers, shim }: ShownFrame): string =>
  [
    ...Object.entries(headers ?? {}).map(([name, value]) => `${name}=${value}`),
    ...(shim ? [`tag ${shim.tag}`, `pc ${shim.pc}`, `digest ${showEvents(shim.digest)}`] : ['no shim']),
  ].join(', ');

/** Two frames of one port, field by field. */
function compare(predicted: ShownFrame, observed: ShownFrame): string[] {
  const parts = ({ headers, shim }: ShownFrame): Map<string, string> =>
    new Map([
      ...Object.entries(headers ?? {}).map(([name, value]): [string, string] => [name, `${value}`]),
      ...(shim
        ? ([
            ['tag', `${shim.tag}`],
            ['pc', `${shim.pc}`],
            ['digest', showEvents(shim.digest)],
          ] satisfies [string, string][])
        : ([['shim', 'none']] satisfies [string, string][])),
    ]);
  const want = parts(predicted);
  const got = parts(observed);
  const names = [...new Set([...want.keys(), ...got.keys()])];
  const differing = names.filter((name) => want.get(name) !== got.get(name));
  const place = `port ${predicted.port}`;
  if (differing.length > 0)
    return differing.map(
      (name) => `${place}: ${name} is ${got.get(name) ?? 'absent'}, predicted ${want.get(name) ?? 'absent'}`,
    );
  const byte = Array.from({ length: predicted.bytes.length / 2 }, (_, i) => i).find(
    (i) => predicted.bytes.slice(2 * i, 2 * i + 2) !== observed.bytes.slice(2 * i, 2 * i + 2),
  );
  return [`${place}: the same fields, but other bytes from byte ${byte ?? predicted.bytes.length / 2} on`];
}
