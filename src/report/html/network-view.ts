import type { ShownLocation } from '../../execution/execution.js';
import { switchOf } from '../executions/queues.js';
import { type ShownNetwork, short } from './lanes.js';
import { type Content, h, type Markup } from './markup.js';
import { hostKey, type PageData, type Point, switchKey } from './page-data.js';

/** Where the nodes of a network are in a drawing, in pixels. */
export interface Plan {
  readonly network: ShownNetwork;
  readonly width: number;
  readonly height: number;
  /** Whether there is room for large symbols. */
  readonly isRoomy: boolean;
  readonly showsPorts: boolean;
  readonly at: (key: string) => Point;
}

const side_px = 46;
const below_px = 44;

/** Narrower drawings leave out the numbers of ports. */
const portsMin_px = 350;

/** Fits a page's network into a width. */
export function plan(
  { network, layout, aspect }: Pick<PageData, 'network' | 'layout' | 'aspect'>,
  width: number,
): Plan {
  const inner = width - 2 * side_px;
  const height = inner / aspect + 2 * below_px;
  const isRoomy = network.switches.length + network.hosts.length <= 14;
  const at = (key: string): Point => {
    const { x, y } = layout[key] ?? { x: 0.5, y: 0.5 };
    return { x: side_px + x * inner, y: below_px + y * (height - 2 * below_px) };
  };
  return { network, width, height, isRoomy, showsPorts: isRoomy && width >= portsMin_px, at };
}

/** How a switch is drawn: by its classes, with a note under its number. */
export interface SwitchBody {
  readonly classes: string;
  readonly note: string;
  /** What to write instead of the note where there is no room for it. */
  readonly size?: string | number;
}

/** The far end of what is attached to a port: the key of a switch or host. */
function farEnd({ network }: Plan, at: ShownLocation): string | undefined {
  const host = network.hosts.find((candidate) => candidate.at === at);
  if (host) return hostKey(host.name);
  const link = network.links.find(({ from }) => from === at);
  const back = link ? link.to : network.links.find(({ to }) => to === at)?.from;
  return back === undefined ? undefined : switchKey(switchOf(back));
}

/** The point so many pixels from a switch towards what is at its port, and so many to the right of that way. */
export function beside(p: Plan, at: ShownLocation, along: number, right: number): Point {
  const from = p.at(switchKey(switchOf(at)));
  const far = farEnd(p, at);
  const to = far === undefined ? { x: from.x, y: from.y + 1 } : p.at(far);
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const reach = Math.min(along, length * 0.46);
  return { x: from.x + ux * reach - uy * right, y: from.y + uy * reach + ux * right };
}

const r = (n: number): number => Math.round(n * 10) / 10;

/** What a picture of a network shows besides links, ports and hosts. */
export interface PictureParts {
  /** How a switch is drawn; by default as one that has heard nothing. */
  readonly body?: (n: number) => SwitchBody;
  /** Over the links, and under all else. */
  readonly ways?: readonly Markup[];
  /** Over all else. */
  readonly above?: Content;
  /** Whether it stands among text. */
  readonly isSmall?: boolean;
}

/** A network as a picture; the label says what it shows to those who do not see it. */
export function networkPicture(
  p: Plan,
  label: string,
  { body, ways, above, isSmall = false }: PictureParts = {},
): Markup {
  return h(
    'svg',
    {
      class: isSmall ? 'topology small' : 'topology',
      width: p.width,
      height: p.height,
      viewBox: `0 0 ${p.width} ${p.height}`,
      role: 'img',
      'aria-label': label,
    },
    networkMarkup(p, body ?? (() => ({ classes: 'k0', note: '' })), ways),
    above,
  );
}

/** The links, hosts and switches of a network. */
function networkMarkup(p: Plan, body: (n: number) => SwitchBody, ways: readonly Markup[] = []): Markup[] {
  const { network } = p;
  const links = network.links.filter(
    ({ from, to }) => switchOf(from) < switchOf(to) || !network.links.some((l) => l.from === to && l.to === from),
  );
  const line = (a: Point, b: Point, classes: string) =>
    h('line', { class: classes, x1: r(a.x), y1: r(a.y), x2: r(b.x), y2: r(b.y) });
  const ports = [
    ...new Set([...network.links.flatMap(({ from, to }) => [from, to]), ...network.hosts.map(({ at }) => at)]),
  ];
  return [
    h(
      'g',
      { class: 'links' },
      links.map(({ from, to }) => line(p.at(switchKey(switchOf(from))), p.at(switchKey(switchOf(to))), 'link')),
      network.hosts.map(({ name, at }) => line(p.at(hostKey(name)), p.at(switchKey(switchOf(at))), 'link')),
    ),
    ...ways,
    h(
      'g',
      { class: 'ports' },
      p.showsPorts &&
        ports.map((at) => {
          const point = beside(p, at, 33, -8);
          return h('text', { x: r(point.x), y: r(point.y + 4), 'text-anchor': 'middle' }, at.split(':')[1]);
        }),
    ),
    ...network.hosts.map(({ name }) => hostMarkup(p, name)),
    ...network.switches.map((n) => switchMarkup(p, n, body(n))),
  ];
}

function hostMarkup(p: Plan, name: string): Markup {
  const { x, y } = p.at(hostKey(name));
  const shown = short(name, 8);
  const width = Math.max(34, shown.length * 8 + 14);
  return h(
    'g',
    { class: 'host' },
    h('title', {}, `host ${name}`),
    h('rect', { x: r(x - width / 2), y: r(y - 13), width, height: 26, rx: 13 }),
    h('text', { x: r(x), y: r(y + 4.5), 'text-anchor': 'middle' }, shown),
  );
}

function switchMarkup(p: Plan, n: number, { classes, note, size }: SwitchBody): Markup {
  const { x, y } = p.at(switchKey(n));
  const shown = p.isRoomy ? short(note, 12) : '';
  const width = Math.max(p.isRoomy ? 40 : 28, shown.length * 7.2 + 12);
  const height = shown !== '' ? 40 : p.isRoomy ? 32 : 24;
  const corner = { x: x + width / 2, y: y - height / 2 };
  return h(
    'g',
    { class: `switch ${classes}` },
    h('title', {}, `switch ${n}${note === '' ? '' : `: ${note}`}`),
    h('rect', { x: r(x - width / 2), y: r(y - height / 2), width: r(width), height, rx: 6 }),
    h('text', { class: 'name', x: r(x), y: r(shown === '' ? y + 5 : y - 3), 'text-anchor': 'middle' }, n),
    shown !== '' && h('text', { class: 'note', x: r(x), y: r(y + 13), 'text-anchor': 'middle' }, shown),
    // Where there is no room for the names of events, their number is said.
    note !== '' &&
      shown === '' && [
        h('circle', { class: 'number', cx: r(corner.x), cy: r(corner.y), r: 8.5 }),
        h('text', { class: 'note', x: r(corner.x), y: r(corner.y + 4.5), 'text-anchor': 'middle' }, size),
      ],
  );
}
