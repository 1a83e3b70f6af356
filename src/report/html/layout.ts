import type { Graph, Viz } from '@viz-js/viz';
import { greatest, smallest } from '../../base/extremes.js';
import { switchOf } from '../executions/queues.js';
import type { ShownNetwork } from './lanes.js';
import { hostKey, type PageData, type Point, switchKey } from './page-data.js';

/** Graphviz, which is loaded the first time that a page is made: it is large. */
let graphviz: Promise<Viz> | undefined;
const load = (): Promise<Viz> => {
  graphviz ??= import('@viz-js/viz').then(({ instance }) => instance());
  return graphviz;
};

/** A graph to be laid out, in pixels. */
export interface Drawing {
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    /** The room that its label takes. */
    readonly label?: { readonly width: number; readonly height: number };
    /** Whether `to` is to be a layer further than `from`; default true. */
    readonly ranks?: boolean;
  }[];
  readonly direction: 'LR' | 'TB' | 'BT';
}

/** Centres of nodes and labels, and the splines of edges (a start and three points for each piece), y downwards. */
export interface Placed {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Point[];
  readonly edges: readonly { readonly spline: readonly Point[]; readonly label: Point | undefined }[];
}

const points_per_inch = 72;

interface GraphvizObject {
  readonly name: string;
  readonly pos?: string;
}
interface GraphvizEdge {
  readonly id?: string;
  readonly pos?: string;
  readonly lp?: string;
}
interface GraphvizOutput {
  readonly bb: string;
  readonly objects?: readonly GraphvizObject[];
  readonly edges?: readonly GraphvizEdge[];
}

function run(viz: Viz, graph: Graph, engine: string): GraphvizOutput {
  const result = viz.render(graph, { engine, format: 'json0', yInvert: true });
  if (result.status !== 'success')
    throw new Error(`no layout: ${result.errors.map(({ message }) => message).join('; ')}`);
  return JSON.parse(result.output) as GraphvizOutput;
}

const numbers = (text: string): number[] => text.split(/[ ,]/).map(Number);
const pointOf = (text: string): Point => {
  const [x, y] = numbers(text);
  return { x: x!, y: y! };
};

/** Lays out a layered graph (Graphviz's dot). */
export async function layOut({ nodes, edges, direction }: Drawing): Promise<Placed> {
  if (nodes.length === 0) return { width: 0, height: 0, nodes: [], edges: [] };
  const index = new Map(nodes.map(({ id }, i) => [id, `n${i}`]));
  const graph: Graph = {
    directed: true,
    graphAttributes: { rankdir: direction, nodesep: 0.3, ranksep: 0.45, pad: 0 },
    nodeAttributes: { shape: 'box', fixedsize: true, label: '' },
    nodes: nodes.map(({ id, width, height }) => ({
      name: index.get(id)!,
      attributes: { width: width / points_per_inch, height: height / points_per_inch },
    })),
    edges: edges.map(({ from, to, label, ranks = true }, i) => ({
      tail: index.get(from)!,
      head: index.get(to)!,
      attributes: {
        id: String(i),
        arrowhead: 'none',
        constraint: ranks,
        ...(label ? { label: { html: roomFor(label) } } : {}),
      },
    })),
  };
  const placed = run(await load(), graph, 'dot');
  // With y downwards the box is given as left, bottom, right, top.
  const [, height, width] = numbers(placed.bb) as [number, number, number];
  const byName = new Map(placed.objects?.map((object) => [object.name, object]));
  const byId = new Map(placed.edges?.map((edge) => [edge.id, edge]));
  return {
    width,
    height,
    nodes: nodes.map(({ id }) => pointOf(byName.get(index.get(id)!)!.pos!)),
    edges: edges.map((_, i) => {
      const { pos, lp } = byId.get(String(i))!;
      return { spline: pos!.split(' ').map(pointOf), label: lp === undefined ? undefined : pointOf(lp) };
    }),
  };
}

const roomFor = ({ width, height }: { readonly width: number; readonly height: number }): string =>
  `<table border="0" fixedsize="true" width="${Math.ceil(width)}" height="${Math.ceil(height)}"><tr><td></td></tr></table>`;

/** Networks of more nodes are drawn as a circle. */
const maxSprung = 150;

/** Drawings of networks are between square and this much wider than high. */
const maxAspect = 3.2;
/** A drawing that is this much wider than high is a line, up to inaccuracies. */
const straightAspect = 4.5;
const lineAspect = 20;

/** Lays out the hosts and switches of a network, its longest direction across (Graphviz's neato). */
export async function layOutNetwork({
  switches,
  hosts,
  links,
}: ShownNetwork): Promise<Pick<PageData, 'layout' | 'aspect'>> {
  const keys = [...switches.map(switchKey), ...hosts.map(({ name }) => hostKey(name))];
  const index = new Map(keys.map((key, i) => [key, i]));
  const edge = (a: string, b: string, length: number) => ({
    tail: `n${index.get(a)}`,
    head: `n${index.get(b)}`,
    attributes: { len: length },
  });
  const graph: Graph = {
    directed: false,
    nodes: keys.map((_, i) => ({ name: `n${i}` })),
    edges: [
      ...links
        .filter(({ from, to }) => switchOf(from) < switchOf(to) || !links.some((l) => l.from === to && l.to === from))
        .map(({ from, to }) => edge(switchKey(switchOf(from)), switchKey(switchOf(to)), 1.6)),
      ...hosts.map(({ name, at }) => edge(hostKey(name), switchKey(switchOf(at)), 1.6)),
    ],
  };
  const points =
    keys.length > maxSprung
      ? keys.map((_, i) => ({
          x: Math.cos((i / keys.length) * 2 * Math.PI),
          y: Math.sin((i / keys.length) * 2 * Math.PI),
        }))
      : byName(run(await load(), graph, 'neato'), keys.length);
  const { placed, aspect } = fitted(turned(points));
  return { layout: Object.fromEntries(keys.map((key, i) => [key, placed[i]!])), aspect };
}

function byName({ objects = [] }: GraphvizOutput, n: number): Point[] {
  const found = new Map(objects.map(({ name, pos }) => [name, pointOf(pos!)]));
  return Array.from({ length: n }, (_, i) => found.get(`n${i}`)!);
}

/** The points, turned so that they spread most from left to right, and the first is on the left. */
function turned(points: readonly Point[]): Point[] {
  const mean = (of: (point: Point) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / Math.max(1, points.length);
  const centre = { x: mean(({ x }) => x), y: mean(({ y }) => y) };
  const around = points.map(({ x, y }) => ({ x: x - centre.x, y: y - centre.y }));
  const sum = (of: (point: Point) => number) => around.reduce((total, point) => total + of(point), 0);
  const angle =
    Math.atan2(
      2 * sum(({ x, y }) => x * y),
      sum(({ x, y }) => x * x - y * y),
    ) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const across = around.map(({ x, y }) => ({ x: x * cos + y * sin, y: y * cos - x * sin }));
  return (across[0]?.x ?? 0) > 0 ? across.map(({ x, y }) => ({ x: -x, y: -y })) : across;
}

/** Longer lines are folded, with so many nodes in a row. */
const rowOfLine = 8;

/** A long line in rows, forth and back, so that neighbours stay neighbours. */
function folded(points: readonly Point[]): { placed: Point[]; aspect: number } {
  const rank = new Map([...points.keys()].sort((a, b) => points[a]!.x - points[b]!.x).map((point, i) => [point, i]));
  const rows = Math.ceil(points.length / rowOfLine);
  const placed = points.map((_, point) => {
    const [row, column] = [Math.floor(rank.get(point)! / rowOfLine), rank.get(point)! % rowOfLine];
    const x = column / (rowOfLine - 1);
    return { x: rounded(row % 2 === 0 ? x : 1 - x), y: rounded(row / Math.max(1, rows - 1)) };
  });
  return { placed, aspect: rounded((rowOfLine - 1) / Math.max(1, rows - 1)) };
}

const digits = 1000;
const rounded = (n: number): number => Math.round(n * digits) / digits;

function fitted(points: readonly Point[]): { placed: Point[]; aspect: number } {
  const range = (values: readonly number[]) => ({
    least: smallest(values),
    size: greatest(values) - smallest(values),
  });
  const [across, down] = [range(points.map(({ x }) => x)), range(points.map(({ y }) => y))];
  const isLine = across.size > straightAspect * down.size;
  if (isLine && points.length > rowOfLine) return folded(points);
  const aspect = isLine
    ? lineAspect
    : Math.min(maxAspect, Math.max(1, down.size === 0 ? maxAspect : across.size / down.size));
  // The height is in the scale of the width, unless the drawing would be too flat.
  const height = Math.max(across.size / aspect, down.size) || 1;
  const placed = points.map(({ x, y }) => ({
    x: rounded(across.size === 0 ? 0.5 : (x - across.least) / across.size),
    y: isLine ? 0.5 : rounded(0.5 + (y - down.least - down.size / 2) / height),
  }));
  return { placed, aspect: rounded(aspect) };
}
