import type { Step } from '../../execution/execution.js';
import { switchOf } from '../executions/queues.js';
import { h, type Markup } from './markup.js';
import { packetClass, setClass, setLabel } from './names.js';
import { beside, networkPicture, type Plan, plan } from './network-view.js';
import { hostKey, type Point, switchKey } from './page-data.js';
import { knowledgeAt, type Scene } from './scene.js';
import type { ShownCopy } from './timeline.js';

/** Radius of a packet, and the room that one takes in a queue, in pixels. */
const packet_px = 10;
const queued_px = 20;

/** The network after so many steps: where each packet is, and which switches have heard what, by colour and by name. */
export function topology(scene: Scene, current: number, width: number): Markup {
  const p = plan(scene.page, width);
  const step = scene.steps[current - 1];
  const busy = step && (step.rule === 'CTRLSEND' ? step.switch : 'at' in step ? switchOf(step.at) : undefined);
  const frame = scene.timeline.frames[current]!;
  const body = (n: number) => {
    const known = knowledgeAt(scene, current, n);
    const classes = `${setClass(scene.page.eventSets, known)}${n === busy ? ' busy' : ''}`;
    return { classes, note: known.length === 0 ? '' : setLabel(known), size: known.length };
  };
  const above = [step && wayOf(p, step), tokens(p, frame.copies)];
  return networkPicture(p, summary(scene, current), { body, above });
}

/** What the drawing shows, for those who do not see it. */
function summary(scene: Scene, current: number): string {
  const { copies, knows } = scene.timeline.frames[current]!;
  const where = copies.map(({ packet, place }) => `packet ${packet} ${placeName(place)}`);
  const heard = [...knows].filter(([, set]) => set.length > 0).map(([n, set]) => `switch ${n} knows ${setLabel(set)}`);
  return `The network after ${current} steps: ${[...where, ...heard].join('; ') || 'nothing has happened'}`;
}

function placeName({ kind, at }: ShownCopy['place']): string {
  switch (kind) {
    case 'input':
      return `waits to be taken at ${at}`;
    case 'output':
      return `waits to leave at ${at}`;
    case 'host':
      return `was delivered at ${at}`;
    case 'outside':
      return `left the network at ${at}, where no host is`;
    case 'dropped':
      return `was dropped by switch ${switchOf(at)}`;
  }
}

/** The way that a packet has just gone. */
function wayOf(p: Plan, step: Step): Markup | undefined {
  if (step.rule === 'LINK') {
    const [from, to] = [p.at(switchKey(switchOf(step.from))), p.at(switchKey(switchOf(step.to)))];
    return h('line', { class: `way ${packetClass(step.packet)}`, x1: from.x, y1: from.y, x2: to.x, y2: to.y });
  }
  if (step.rule !== 'IN' && step.rule !== 'OUT') return undefined;
  const host = p.network.hosts.find(({ at }) => at === step.at);
  if (!host) return undefined;
  const [from, to] = [p.at(hostKey(host.name)), p.at(switchKey(switchOf(step.at)))];
  return h('line', { class: `way ${packetClass(step.packet)}`, x1: from.x, y1: from.y, x2: to.x, y2: to.y });
}

/** The packets. Those in one place stand beside each other. */
function tokens(p: Plan, copies: readonly ShownCopy[]): Markup[] {
  const before = new Map<string, number>();
  const placed = copies.map((copy) => {
    const place = `${copy.place.kind} ${copy.place.kind === 'dropped' ? switchOf(copy.place.at) : copy.place.at}`;
    const index = before.get(place) ?? 0;
    before.set(place, index + 1);
    return { copy, point: pointOf(p, copy, index) };
  });
  // In the order of their keys, so that an element stays the same packet's and moves.
  placed.sort((a, b) => (a.copy.key < b.copy.key ? -1 : 1));
  return placed.map(({ copy: { key, packet, place }, point }) =>
    h(
      'g',
      {
        class: `token ${packetClass(packet)} ${place.kind}`,
        'data-key': key,
        'data-packet': packet,
        transform: `translate(${point.x.toFixed(1)} ${point.y.toFixed(1)})`,
      },
      h('title', {}, `packet ${packet} ${placeName(place)}`),
      place.kind === 'host'
        ? h('rect', {
            x: -packet_px + 1,
            y: -packet_px + 1,
            width: 2 * packet_px - 2,
            height: 2 * packet_px - 2,
            rx: 4,
          })
        : h('circle', { r: packet_px }),
      h('text', { y: 4, 'text-anchor': 'middle' }, packet),
      place.kind === 'dropped' && h('path', { class: 'cross', d: 'M-9 -9L9 9M9 -9L-9 9' }),
    ),
  );
}

/** Traffic keeps to the right: what leaves a switch is on one side of the link, what arrives on the other. */
function pointOf(p: Plan, { place }: ShownCopy, index: number): Point {
  switch (place.kind) {
    case 'input':
      return beside(p, place.at, 40 + index * queued_px, -12);
    case 'output':
      return beside(p, place.at, 40 + index * queued_px, 12);
    case 'outside':
      return beside(p, place.at, 60, 26 + index * queued_px);
    case 'dropped': {
      const { x, y } = p.at(switchKey(switchOf(place.at)));
      return { x: x + index * queued_px, y: y - 31 };
    }
    case 'host': {
      const host = p.network.hosts.find(({ at }) => at === place.at);
      const { x, y } = host ? p.at(hostKey(host.name)) : beside(p, place.at, 60, 0);
      // Away from the edge that is near.
      const across = x > p.width * 0.6 ? -queued_px : queued_px;
      return { x: x + index * across, y: y - 26 };
    }
  }
}
