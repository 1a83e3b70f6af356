import { type EventSet, members } from '../events/event-set.js';
import { capabilities } from '../execution/semantics.js';
import type { Copy, LeavingCopy, Setting } from '../execution/state.js';
import { bytesOf } from '../frames/frame.js';
import { type Carrier, frameOf, type NoFrame } from '../frames/framing.js';
import { showHeaders } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import { processPacket } from '../tables/interpret.js';
import type { ForwardingRule, Tables } from '../tables/tables.js';
import { packTag, tagOf } from '../tables/tags.js';
import type { Deployed } from './deployed.js';

/** A copy that a switch should send: its port, its bytes, and its `pc` (0 where it leaves the network). */
export interface PredictedCopy {
  readonly port: number;
  readonly frame: Uint8Array;
  readonly pc: number;
}

export interface PredictedSwitch {
  /** In the order of the rules' outputs. */
  readonly copies: readonly PredictedCopy[];
  readonly rule: ForwardingRule | null;
}

/** The tag of a set of events, as packets carry it; undefined if it is no event-set. */
export function packedTag({ blocks }: Tables, set: EventSet): bigint | undefined {
  const tag = tagOf(blocks, members(set));
  return tag && packTag(blocks, tag);
}

/** A copy that a switch takes (SW). */
export interface Processing {
  readonly at: Location;
  readonly copy: Copy;
  readonly pc: number;
  /** E_n before the step. */
  readonly eventSet: EventSet;
  /** What the rules put into output queues. */
  readonly queued: readonly LeavingCopy[];
  /** The frame that the packet's host sent. */
  readonly carrier: Carrier;
}

/**
 * What leaves a switch at a SW. Ports, headers, tags and digests are those of the rules of spec 3; only `pc`, of which
 * the rules know nothing, and the forwarding rule that should apply come from the tables.
 */
export function predictSwitch(
  { semantics, tables, framing, deployment }: Deployed,
  { program }: Setting,
  { at, copy, pc, eventSet, queued, carrier }: Processing,
): PredictedSwitch | NoFrame {
  const shown = (headers: Copy['headers']) => showHeaders(program.fields, headers);
  const here = tables.switches.find(({ id }) => id === at.switch)!;
  const { linkPorts } = deployment.switches.find(({ id }) => id === at.switch)!;
  const isTagged = capabilities[semantics].forwardsBy === 'tag';
  const processedBy = isTagged ? copy.tag! : eventSet;
  const packet = {
    port: at.port,
    headers: shown(copy.headers),
    tag: tagOf(tables.blocks, members(processedBy)) ?? tables.blocks.map(() => 0),
    pc,
    digest: members(copy.digest),
  };
  const { rule, outputs } = processPacket(here, packet, members(eventSet));
  const key = (port: number, headers: object): string => `${port} ${JSON.stringify(headers)}`;
  const pcs = new Map(outputs.map((output) => [key(output.port, output.headers), output.pc]));
  const copies: PredictedCopy[] = [];
  for (const { port, headers, tag, digest } of queued) {
    const next = pcs.get(key(port, shown(headers))) ?? 0;
    const shim = linkPorts.includes(port)
      ? { tag: isTagged ? (packedTag(tables, tag!) ?? 0n) : 0n, tagBytes: deployment.tagBytes, pc: next, digest }
      : undefined;
    const frame = frameOf(framing, carrier, shown(headers), shim);
    if ('noFrame' in frame) return frame;
    copies.push({ port, frame: bytesOf(frame), pc: next });
  }
  return { copies, rule: rule ?? null };
}
