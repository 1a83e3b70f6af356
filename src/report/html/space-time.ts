import type { Step } from '../../execution/execution.js';
import { switchOf } from '../executions/queues.js';
import { kindOf } from '../steps.js';
import type { DiagramLane } from './lanes.js';
import { short } from './lanes.js';
import { h, type Markup } from './markup.js';
import { isSameSet, packetClass, setClass, setLabel } from './names.js';
import type { Rows } from './rows.js';
import { endLanes, knowledgeAt, laneOf, type Scene, switchLane } from './scene.js';
import type { Leg } from './timeline.js';

/** Pixels of the heads of lanes, and what lanes may be wide. */
const head_px = 30;
const laneMin_px = 36;
const laneMax_px = 104;
const dot_px = 10;

/** How far beside its lane a packet waits, in pixels, by the packet's number. */
const waits = [8, -8, 12, -12];

interface Geometry {
  readonly lane_px: number;
  readonly width: number;
  readonly x: (lane: number) => number;
  /** The middle of a step's row. */
  readonly y: (step: number) => number;
  readonly rows: Rows;
}

/** The least that the lanes can do with. */
export const lanesMin = (lanes: number): number => lanes * laneMin_px;

/** The width that suits the lanes, at most what there is. Narrower than all lanes need, the diagram scrolls. */
export function laneWidth(lanes: number, available_px: number): number {
  return Math.max(laneMin_px, Math.min(laneMax_px, Math.floor(available_px / Math.max(1, lanes))));
}

function geometry(scene: Scene, lane_px: number, rows: Rows): Geometry {
  return {
    lane_px,
    width: scene.lanes.length * lane_px,
    x: (lane) => (lane + 0.5) * lane_px,
    y: (step) => (rows.top(step) + rows.top(step + 1)) / 2,
    rows,
  };
}

/**
 * The space-time diagram (Lamport's): a lane for each host, switch and the controller, time downwards, a row for each
 * step, and a line for each copy of a packet. `current` steps have happened; the others are drawn faintly.
 */
export function spaceTime(scene: Scene, current: number, lane_px: number, rows: Rows): Markup {
  const g = geometry(scene, lane_px, rows);
  const height = rows.top(scene.steps.length) + 8;
  const { steps, evidence } = scene;
  return h(
    'div',
    { class: 'spacetime' },
    h(
      'svg',
      { class: 'lane-heads', width: g.width, height: head_px, 'aria-hidden': 'true' },
      scene.lanes.map((lane, i) => laneHead(lane, g.x(i), lane_px)),
    ),
    h(
      'svg',
      {
        class: 'lanes',
        width: g.width,
        height,
        role: 'img',
        'aria-label': `Space-time diagram of ${steps.length} steps`,
      },
      rowBands(scene, current, g),
      scene.lanes.map((lane, i) => laneLine(scene, lane, g.x(i), height, g)),
      evidence.map((pair) => evidenceLine(scene, pair, g)),
      scene.timeline.legs.map((leg) => legLine(scene, leg, current, g)),
      steps.map((step, i) => controllerLine(scene, step, i, current, g)),
      steps.map((step, i) => mark(scene, step, i, current, g)),
      steps.map((step, i) => label(scene, step, i, current, g)),
    ),
  );
}

/** The approximate width of a character of a lane's head, in pixels. */
const headCharacter_px = 8;

function laneHead({ kind, name }: DiagramLane, x: number, lane_px: number): Markup {
  const shown = kind === 'controller' ? 'ctrl' : short(name, Math.max(3, Math.floor((lane_px - 8) / headCharacter_px)));
  const width = Math.min(lane_px - 2, Math.max(26, shown.length * headCharacter_px + 12));
  return h(
    'g',
    { class: `lane-head ${kind}` },
    h('title', {}, kind === 'switch' ? `switch ${name}` : name),
    h('rect', { x: x - width / 2, y: 3, width, height: 23, rx: kind === 'host' ? 11.5 : 4 }),
    h('text', { x, y: 19, 'text-anchor': 'middle' }, shown),
  );
}

/** Whether a step has happened. Before the first, the diagram is an overview: nothing is faint. */
const when = (i: number, current: number): string => {
  if (i < current) return i === current - 1 ? 'now' : 'past';
  return current === 0 ? '' : 'future';
};

function rowBands({ steps, execution }: Scene, current: number, g: Geometry): Markup[] {
  return steps.map((step, i) => {
    const isAtFault = execution.packet !== null && 'packet' in step && step.packet === execution.packet;
    const classes = ['band', i === current - 1 ? 'now' : '', isAtFault ? 'fault' : ''].filter(Boolean).join(' ');
    const [y, end] = [g.rows.top(i), g.rows.top(i + 1)];
    return h('rect', { class: classes, 'data-step': i + 1, x: 0, y, width: g.width, height: end - y });
  });
}

/** A lane's line: wider and coloured from where its switch has heard of something. */
function laneLine(scene: Scene, { kind, name }: DiagramLane, x: number, height: number, g: Geometry): Markup {
  const line = h('line', { class: 'lane', x1: x, x2: x, y1: 0, y2: height });
  if (kind !== 'switch') return line;
  const n = Number(name);
  const changes = scene.steps.flatMap((_, i) => {
    const [before, after] = [knowledgeAt(scene, i, n), knowledgeAt(scene, i + 1, n)];
    return isSameSet(before, after) ? [] : [{ i, set: after }];
  });
  const bands = changes.map(({ i, set }, c) => {
    const next = changes[c + 1];
    const end = next ? g.y(next.i) : height;
    const colour = setClass(scene.page.eventSets, set);
    return h('rect', { class: `knows ${colour}`, x: x - 3, width: 6, y: g.y(i), height: end - g.y(i) });
  });
  return h('g', {}, line, bands);
}

/** The point at which ≺ joins a step: where the step ends. For an IN this is at the switch, which stamps the packet. */
function standing(scene: Scene, i: number, g: Geometry): { x: number; y: number } {
  const [, end] = endLanes(scene, scene.steps[i]!);
  return { x: g.x(end), y: g.y(i) };
}

function evidenceLine(scene: Scene, [a, b]: readonly [number, number], g: Geometry): Markup {
  const [from, to] = [standing(scene, a, g), standing(scene, b, g)];
  return h('line', { class: 'evidence', x1: from.x, y1: from.y, x2: to.x, y2: to.y });
}

/** The line of a copy between two steps, with an arrowhead where it arrives. */
function legLine(scene: Scene, { kind, packet, from, to, copy }: Leg, current: number, g: Geometry): Markup {
  const step = scene.steps[to]!;
  const fault = packet === scene.execution.packet ? ' fault' : '';
  const classes = `leg ${kind} ${packetClass(packet)} ${when(to, current)}${fault}`;
  if (kind === 'wait') {
    const x = g.x(switchLane(scene, copy.place.at));
    const beside = x + waits[packet % waits.length]!;
    const [y0, y1] = [g.y(from), g.y(to)];
    return h('path', {
      class: classes,
      d: `M${x} ${y0} C${beside} ${y0 + 8} ${beside} ${y0 + 8} ${beside} ${Math.min(y0 + 16, y1 - 10)} L${beside} ${y1 - 10}`,
    });
  }
  const start = { x: g.x(switchLane(scene, copy.place.at)), y: g.y(from) };
  const end = { x: g.x(laneOf(scene, step)), y: g.y(to) };
  return arrow(classes, start, end, kind === 'leave' ? dot_px : 2);
}

function arrow(classes: string, start: { x: number; y: number }, end: { x: number; y: number }, gap: number): Markup {
  const length = Math.hypot(end.x - start.x, end.y - start.y) || 1;
  const [ux, uy] = [(end.x - start.x) / length, (end.y - start.y) / length];
  const tip = { x: end.x - ux * gap, y: end.y - uy * gap };
  const back = { x: tip.x - ux * 8, y: tip.y - uy * 8 };
  const r = (n: number) => Math.round(n * 10) / 10;
  const head = `M${r(tip.x)} ${r(tip.y)}L${r(back.x - uy * 4)} ${r(back.y + ux * 4)}L${r(back.x + uy * 4)} ${r(back.y - ux * 4)}Z`;
  return h(
    'g',
    { class: classes },
    h('line', { x1: r(start.x), y1: r(start.y), x2: r(back.x), y2: r(back.y) }),
    h('path', { class: 'head', d: head }),
  );
}

/** What the controller hears, and whom it tells. */
function controllerLine(scene: Scene, step: Step, i: number, current: number, g: Geometry): Markup | undefined {
  const { carries, since, markedAt } = kindOf(step);
  if (carries !== 'message') return undefined;
  const start = { x: g.x(endLanes(scene, step)[0]), y: g.y(since(step) ?? i) };
  return arrow(`control ${when(i, current)}`, start, standing(scene, i, g), markedAt === 1 ? 7 : 4);
}

/** The mark of a step on its lane. */
function mark(scene: Scene, step: Step, i: number, current: number, g: Geometry): Markup {
  const [x, y] = [g.x(laneOf(scene, step)), g.y(i)];
  const common = { 'data-step': i + 1 };
  const state = when(i, current);
  const { mark: shape, markedAt } = kindOf(step);
  if (!('packet' in step))
    return h('path', {
      ...common,
      class: `mark ctrl ${state}`,
      d: `M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}Z`,
    });
  const colour = packetClass(step.packet);
  const classes = `mark ${step.rule.toLowerCase()} ${colour} ${state}`;
  if (shape === 'bead') return h('circle', { ...common, class: classes, cx: x, cy: y, r: 3.5 });
  const isDropped = 'outputs' in step && step.outputs.length === 0;
  const occurs = (scene.occurrences.get(i) ?? []).length > 0 || ('detected' in step && step.detected.length > 0);
  return h(
    'g',
    { ...common, class: classes },
    occurs && h('path', { class: 'event', d: star(x, y) }),
    shape === 'square'
      ? h('rect', {
          class: 'dot',
          x: x - dot_px + 1,
          y: y - dot_px + 1,
          width: 2 * dot_px - 2,
          height: 2 * dot_px - 2,
          rx: 4,
        })
      : h('circle', { class: 'dot', cx: x, cy: y, r: dot_px }),
    h('text', { x, y: y + 4, 'text-anchor': 'middle' }, step.packet),
    isDropped && h('path', { class: 'dropped', d: `M${x - 5} ${y + 11}l10 8m0 -8l-10 8` }),
    markedAt === 0 && stamp({ x, y }, g.x(endLanes(scene, step)[1])),
  );
}

/** From a host to the lane of its switch, which stamps the packet. */
function stamp({ x, y }: { x: number; y: number }, lane: number): Markup {
  return arrow('stamp', { x: x + Math.sign(lane - x) * dot_px, y }, { x: lane, y }, 3);
}

const spikes = 8;

/** A star around a mark: where an event is. */
function star(x: number, y: number): string {
  const points = Array.from({ length: 2 * spikes }, (_, i) => {
    const angle = (i * Math.PI) / spikes;
    const radius = i % 2 === 0 ? dot_px + 7 : dot_px + 1.5;
    return `${(x + radius * Math.sin(angle)).toFixed(1)} ${(y - radius * Math.cos(angle)).toFixed(1)}`;
  });
  return `M${points.join('L')}Z`;
}

/** The approximate width of a character of a label, in pixels. */
const character_px = 7.6;

/** What changes in a step, beside its mark, on the side with more room: one label a row, so labels never meet. */
function label(scene: Scene, step: Step, i: number, current: number, g: Geometry): Markup | undefined {
  const parts = labelParts(scene, step, i);
  if (parts.length === 0) return undefined;
  const { x: at } = standing(scene, i, g);
  const text = parts.map((part) => part.text).join('  ');
  const width = text.length * character_px + 10;
  const gap = dot_px + (parts[0]?.kind === 'event' ? 8 : 4);
  const roomRight = at + gap + width <= g.width;
  const roomLeft = at - gap - width >= 0;
  // What a controller or a host sends comes from one side: then the other is better.
  const isFromRight = kindOf(step).markedAt === 0 && g.x(laneOf(scene, step)) > at;
  const isLeft = roomLeft && (isFromRight || !roomRight);
  const x = isLeft ? at - gap - width : at + gap;
  const y = g.y(i);
  return h(
    'g',
    { class: `change ${when(i, current)}` },
    h('rect', { x, y: y - 10, width, height: 20, rx: 5 }),
    h(
      'text',
      { x: x + width / 2, y: y + 4.5, 'text-anchor': 'middle' },
      parts.map(({ text, kind }, p) => h('tspan', { class: kind }, p === 0 ? text : `\u2002${text}`)),
    ),
  );
}

interface Part {
  readonly kind: 'event' | 'set' | 'tag' | 'digest';
  readonly text: string;
}

function labelParts(scene: Scene, step: Step, i: number): Part[] {
  switch (step.rule) {
    case 'IN':
      return step.tag === null || isSameSet(step.tag, previousTag(scene, i))
        ? []
        : [{ kind: 'tag', text: `tag ${setLabel(step.tag)}` }];
    case 'SW': {
      const n = switchOf(step.at);
      const parts: Part[] = [];
      const events = [...new Set([...step.detected, ...(scene.occurrences.get(i) ?? [])])].sort((a, b) => a - b);
      if (events.length > 0) parts.push({ kind: 'event', text: events.map((e) => `e${e}`).join(' ') });
      if (!isSameSet(step.eventSet, knowledgeAt(scene, i, n)))
        parts.push({ kind: 'set', text: `knows ${setLabel(step.eventSet)}` });
      if (step.packet === scene.execution.packet) parts.push({ kind: 'tag', text: `by ${setLabel(step.tag)}` });
      const digest = step.outputs[0]?.digest;
      // A digest equals what the switch then knows, unless the packet's tag is older; only then is it worth a label.
      if (digest && !isSameSet(digest, step.digestIn) && !isSameSet(digest, step.eventSet))
        parts.push({ kind: 'digest', text: `digest ${setLabel(digest)}` });
      return parts;
    }
    case 'CTRLSEND':
      return [{ kind: 'set', text: `knows ${setLabel(step.eventSet)}` }];
    case 'CTRLRECV':
      return [{ kind: 'set', text: setLabel(step.item) }];
    case 'LINK':
    case 'OUT':
      return [];
  }
}

/** The tag of the packet that entered last before a step; empty if none did. */
function previousTag({ steps }: Scene, i: number) {
  for (const step of steps.slice(0, i).reverse()) if (step.rule === 'IN') return step.tag ?? [];
  return [];
}
