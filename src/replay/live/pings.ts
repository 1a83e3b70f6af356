import { type EventSet, setOf } from '../../events/event-set.js';
import { bytesOf, readFrame } from '../../frames/frame.js';
import { etherTypes, ipProtocols } from '../../frames/protocol-numbers.js';
import { addressNumber } from '../../netkat/addresses.js';
import type { Tables } from '../../tables/tables.js';
import { countSets, eventSetsOf } from '../../tables/tags.js';
import { controlBytes } from '../../targets/control-frame.js';
import { controllerPort } from '../../targets/layout.js';
import type { Deployed } from '../deployed.js';
import type { Fleet } from '../drivers/driver.js';
import { embeddedDriver } from '../drivers/embedded.js';

/** Which hosts' echo requests get to which hosts when every switch has this event-set. */
export interface Pings {
  readonly events: readonly number[];
  readonly arriving: readonly (readonly [from: string, to: string])[];
}

type Host = Tables['hosts'][number];

/** How many requests are tried at most. */
const maxTried = 2_000;

/** An echo request of no data (RFC 792), with its checksum. */
const echoRequest = Uint8Array.of(8, 0, 0xf7, 0xff, 0, 0, 0, 0);

/**
 * Which pings get through, for each event-set. The embedded interpreter is run on the very frames that hosts send.
 * `undefined` if there are too many hosts and event-sets to try them all.
 */
export async function pings({ tables, setups }: Deployed): Promise<readonly Pings[] | undefined> {
  const { hosts, links, blocks } = tables;
  const pairs = hosts.flatMap((from) => hosts.filter((to) => to !== from).map((to) => [from, to] as const));
  if (pairs.length * countSets(blocks) > maxTried) return undefined;
  const fleet = await embeddedDriver.start(setups);
  const found: Pings[] = [];
  for (const events of eventSetsOf(blocks)) {
    const arriving: (readonly [string, string])[] = [];
    for (const [from, to] of pairs) {
      for (const { id } of setups) await replaceEventSet(fleet, id, setOf(events));
      if (await arrives(fleet, links, from, to)) arriving.push([from.name, to.name]);
    }
    found.push({ events, arriving });
  }
  return found;
}

const replaceEventSet = (fleet: Fleet, id: number, value: EventSet) =>
  fleet.take(id, controllerPort, controlBytes({ operation: 'replace', port: controllerPort, value, serial: 0 }));

/** Follows the frame along the links. Configurations have no loops (spec 1.4), so it comes to an end. */
async function arrives(fleet: Fleet, links: Tables['links'], from: Host, to: Host): Promise<boolean> {
  const under: { readonly at: string; readonly frame: Uint8Array }[] = [{ at: from.at, frame: request(from, to) }];
  for (let next = under.pop(); next; next = under.pop()) {
    const [id, port] = next.at.split(':').map(Number) as [number, number];
    for (const { port: leaving, frame } of (await fleet.take(id, port, next.frame)).outputs) {
      const left = `${id}:${leaving}`;
      if (left === to.at && isTakenBy(to, frame)) return true;
      const link = links.find((one) => one.from === left);
      if (link) under.push({ at: link.to, frame });
    }
  }
  return false;
}

const request = (from: Host, to: Host): Uint8Array =>
  bytesOf({
    source: addressNumber('mac', from.mac)!,
    destination: addressNumber('mac', to.mac)!,
    etherType: etherTypes.ipv4,
    ipv4: {
      source: addressNumber('ip', from.ip)!,
      destination: addressNumber('ip', to.ip)!,
      protocol: ipProtocols.icmp,
    },
    payload: echoRequest,
  });

/**
 * Whether a host's own system answers, that is, whether the frame is for its addresses. (No switch puts a frame into a
 * VLAN that was in none.)
 */
function isTakenBy({ ip, mac }: Host, bytes: Uint8Array): boolean {
  const frame = readFrame(bytes);
  return (
    !('wrong' in frame) &&
    frame.destination === addressNumber('mac', mac) &&
    frame.ipv4?.destination === addressNumber('ip', ip)
  );
}
