import { type GraphDrawing, type GraphEdge, type GraphNode, graph } from './graph-view.js';
import type { Drawing } from './layout.js';
import { type Content, h } from './markup.js';

/** Drawings that are wider than this have their edges numbered, with a list of what the numbers mean. */
const roomy_px = 1200;
/** Drawings that are wider than this could not be read once they fit the page. */
const widest_px = 2600;
/** Drawings that are narrower than this fit any page. */
const narrow_px = 320;
/** Labels of so many characters are no longer than their numbers would be. */
const shortLabel = 4;

/** A graph to be drawn: its `id` is unlike others of the page, its `name` what it is to those who do not see it. */
export interface Drawn {
  readonly id: string;
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly direction: Drawing['direction'];
}

/** A graph that fits the page, and is shown in its own size on request. Undefined if it is too wide to be read. */
export async function drawn({ id, name, nodes, edges, direction }: Drawn): Promise<Content> {
  const plain = await graph(name, nodes, edges, direction);
  const labels = [
    ...new Set(edges.flatMap(({ text }) => (text !== undefined && text.length > shortLabel ? [text] : []))),
  ];
  if (plain.width <= roomy_px || labels.length === 0) return fitted(id, name, plain);
  const numbers = new Map(labels.map((label, i) => [label, `#${i + 1}`]));
  const numbered = edges.map((edge): GraphEdge => {
    const text = numbers.get(edge.text ?? '');
    return text === undefined ? edge : { ...edge, text };
  });
  const titles = new Map(edges.map(({ text, title }) => [text, title ?? text]));
  const content = fitted(id, name, await graph(name, nodes, numbered, direction));
  if (content === undefined) return undefined;
  const entry = (label: string) => h('li', {}, h('b', {}, numbers.get(label)), ` ${titles.get(label)}`);
  return [content, h('ul', { class: 'numbers', 'aria-label': 'What the numbers mean' }, labels.map(entry))];
}

function fitted(id: string, name: string, { svg, width }: GraphDrawing): Content {
  if (width > widest_px) return undefined;
  const box = `${id}-size`;
  return h(
    'div',
    { class: 'fitted' },
    width > narrow_px && [
      h('input', { type: 'checkbox', id: box, class: `actual ${width > roomy_px ? 'wide' : ''}`.trim() }),
      h('label', { for: box }, 'in its own size'),
    ],
    h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': name }, svg),
  );
}
