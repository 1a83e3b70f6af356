import { showEvents } from '../../base/event-set-notation.js';
import type { ShownLocation } from '../../execution/execution.js';
import { bytesOf, type Frame } from '../../frames/frame.js';
import { type Carrier, carrierOf, type Framing, frameOf, framing, type NoFrame } from '../../frames/framing.js';
import { narrate } from '../text/story.js';
import { unframeable } from './frameable.js';
import { concat, enhancedPacket, interfaceDescription, sectionHeader } from './pcapng-blocks.js';
import type { Portrait } from './portrait.js';
import { copiesOf, type QueuedCopy } from './queues.js';
import { titleOf } from './text.js';

type Network = NonNullable<Portrait['document']['network']>;

/** Steps are this far apart, in microseconds: executions have an order and no clock. */
const interval_us = 1000;

/** The EtherType of packets that no Ethernet frame can be (RFC 1701: reserved); the payload says what they are. */
const reservedEtherType = 0xffff;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * An execution as a capture that Wireshark opens: an interface for each port of a switch, and a packet with a comment
 * wherever one comes in or goes out: at IN, at both ends of a LINK, and at OUT. Frames are without tag and digest,
 * which the comments tell: these are the event-sets of the rules, and what switches write on a wire depends on their
 * tables.
 */
export function toPcapng(portrait: Portrait): Uint8Array | { readonly unusable: string } {
  const { steps, document } = portrait;
  const { network } = document;
  if (!network) return { unusable: 'network is missing; `snk-verify check --json` writes it' };
  const unusable = unframeable(network, portrait);
  if (unusable !== undefined) return { unusable };
  const ports = portsOf(network, portrait);
  const told = narrate(steps);
  const frames = framesOf(network);
  const packets: Uint8Array[] = [];
  const see = (i: number, at: ShownLocation, direction: 'inbound' | 'outbound', copy: QueuedCopy): void => {
    const { bytes, note } = frames(copy, at);
    const comment = [
      `step ${i + 1}, ${steps[i]!.rule}: ${told[i]!.join('; ')}`,
      `${copy.tag === null ? 'no tag' : `tag ${showEvents(copy.tag)}`}, digest ${showEvents(copy.digest)}`,
      ...(note === undefined ? [] : [note]),
    ].join('\n');
    const time_us = i * interval_us + (direction === 'inbound' ? interval_us / 2 : 0);
    packets.push(enhancedPacket({ interfaceIndex: ports.indexOf(at), time_us, direction, bytes, comment }));
  };
  for (const [i, copy] of copiesOf(steps).entries()) {
    const step = steps[i]!;
    if (!copy) continue;
    if (step.rule === 'IN') see(i, step.at, 'inbound', copy);
    if (step.rule === 'OUT') see(i, step.at, 'outbound', copy);
    if (step.rule === 'LINK') {
      see(i, step.from, 'outbound', copy);
      see(i, step.to, 'inbound', copy);
    }
  }
  return concat([
    sectionHeader('snk-verify', titleOf(portrait)),
    ...ports.map((at) => interfaceDescription(at, aboutPort(network, at))),
    ...packets,
  ]);
}

/** Every port of a switch that a host or a link is at, or that a packet passes, by switch and port. */
function portsOf({ hosts, links }: Network, { steps }: Portrait): ShownLocation[] {
  const passed = steps.flatMap((step) =>
    step.rule === 'LINK' ? [step.from, step.to] : step.rule === 'IN' || step.rule === 'OUT' ? [step.at] : [],
  );
  const all = new Set([...hosts.map(({ at }) => at), ...links.flatMap(({ from, to }) => [from, to]), ...passed]);
  const numbers = (at: ShownLocation) => at.split(':').map(Number) as [number, number];
  return [...all].sort((a, b) => {
    const [[m, p], [n, q]] = [numbers(a), numbers(b)];
    return m - n || p - q;
  });
}

function aboutPort({ hosts, links }: Network, at: ShownLocation): string {
  const host = hosts.find((h) => h.at === at);
  if (host) return `to host ${host.name}`;
  const far = links.find(({ from }) => from === at)?.to;
  const near = links.find(({ to }) => to === at)?.from;
  return far !== undefined ? `to ${far}` : near !== undefined ? `from ${near}` : 'to nothing';
}

/** The frames of packets; each keeps on its way what the program does not mention. */
function framesOf({
  hosts,
  fields,
}: Network): (copy: QueuedCopy, at: ShownLocation) => { readonly bytes: Uint8Array; readonly note?: string } {
  const rules = framing(fields, hosts);
  const carriers = new Map<number, Carrier | NoFrame>();
  const frameFor = (known: Framing, { packet, headers }: QueuedCopy, at: ShownLocation): Frame | NoFrame => {
    const sender = hosts.find((host) => host.at === at) ?? hosts[0];
    if (!sender) return { noFrame: 'there is no host' };
    const carrier = carriers.get(packet) ?? carrierOf(known, headers, sender, encode(`packet ${packet}`));
    carriers.set(packet, carrier);
    return 'noFrame' in carrier ? carrier : frameOf(known, carrier, headers);
  };
  return (copy, at) => {
    const frame = 'noFrame' in rules ? rules : frameFor(rules, copy, at);
    if (!('noFrame' in frame)) return { bytes: bytesOf(frame) };
    const payload = encode(JSON.stringify(copy.headers));
    return {
      bytes: bytesOf({ source: 0, destination: 0, etherType: reservedEtherType, payload }),
      note: `no Ethernet frame has these headers: ${frame.noFrame}`,
    };
  };
}
