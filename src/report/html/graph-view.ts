import { type Drawing, layOut } from './layout.js';
import { h, type Markup } from './markup.js';
import type { Point } from './page-data.js';

/** A node, with a line of text or two. */
export interface GraphNode {
  readonly id: string;
  readonly text: string;
  readonly note?: string;
  readonly classes?: string;
  readonly title?: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly text?: string;
  readonly classes?: string;
  readonly title?: string;
  /** Without an arrowhead, and without a say in what comes first. */
  readonly isSymmetric?: boolean;
}

/** Pixels of a character and of a line, about. */
const character_px = 7.4;
const line_px = 17;

const widthOf = (text: string): number => text.length * character_px;

/** A graph, drawn, and how wide it is in its own size. */
export interface GraphDrawing {
  readonly svg: Markup;
  readonly width: number;
}

/** Draws a layered graph; `name` says what it is to those who do not see it. */
export async function graph(
  name: string,
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  direction: Drawing['direction'],
): Promise<GraphDrawing> {
  const sized = nodes.map(({ id, text, note }) => ({
    id,
    width: Math.max(34, widthOf(text) + 18, widthOf(note ?? '') + 18),
    height: note === undefined ? 28 : 44,
  }));
  const placed = await layOut({
    nodes: sized,
    edges: edges.map(({ from, to, text, isSymmetric }) => ({
      from,
      to,
      ranks: isSymmetric !== true,
      ...(text === undefined ? {} : { label: { width: widthOf(text) + 6, height: line_px } }),
    })),
    direction,
  });
  const margin = 6;
  const [width, height] = [Math.ceil(placed.width + 2 * margin), Math.ceil(placed.height + 2 * margin)];
  const svg = h(
    'svg',
    {
      class: 'graph',
      width,
      height,
      viewBox: `${-margin} ${-margin} ${width} ${height}`,
      role: 'img',
      'aria-label': name,
    },
    edges.map((edge, i) => edgeMarkup(edge, placed.edges[i]!)),
    nodes.map((node, i) => nodeMarkup(node, placed.nodes[i]!, sized[i]!)),
  );
  return { svg, width };
}

function nodeMarkup(
  { text, note, classes = '', title }: GraphNode,
  { x, y }: Point,
  { width, height }: { readonly width: number; readonly height: number },
): Markup {
  return h(
    'g',
    { class: `node ${classes}` },
    title !== undefined && h('title', {}, title),
    h('rect', { x: round(x - width / 2), y: round(y - height / 2), width: round(width), height, rx: 7 }),
    h('text', { x: round(x), y: round(y + (note === undefined ? 4.5 : -3)), 'text-anchor': 'middle' }, text),
    note !== undefined && h('text', { class: 'small', x: round(x), y: round(y + 14), 'text-anchor': 'middle' }, note),
  );
}

function edgeMarkup(
  { text, classes = '', title, isSymmetric = false }: GraphEdge,
  { spline, label }: { readonly spline: readonly Point[]; readonly label: Point | undefined },
): Markup {
  const [start, ...rest] = spline;
  const end = spline[spline.length - 1]!;
  const before = spline[spline.length - 2] ?? start!;
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const [ux, uy] = [(end.x - before.x) / length, (end.y - before.y) / length];
  const back = { x: end.x - ux * 9, y: end.y - uy * 9 };
  const pieces = rest.map(({ x, y }) => `${round(x)} ${round(y)}`).join(' ');
  const head = `M${round(end.x)} ${round(end.y)}L${round(back.x - uy * 4.5)} ${round(back.y + ux * 4.5)}L${round(back.x + uy * 4.5)} ${round(back.y - ux * 4.5)}Z`;
  return h(
    'g',
    { class: `edge ${classes}` },
    title !== undefined && h('title', {}, title),
    h('path', { class: 'shaft', d: `M${round(start!.x)} ${round(start!.y)}C${pieces}` }),
    !isSymmetric && h('path', { class: 'head', d: head }),
    text !== undefined &&
      label &&
      h('text', { x: round(label.x), y: round(label.y + 4.5), 'text-anchor': 'middle' }, text),
  );
}

const round = (n: number): number => Math.round(n * 10) / 10;
