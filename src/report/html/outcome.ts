import type { ShownEventSet, ShownTree } from '../../execution/execution.js';
import { switchOf } from '../executions/queues.js';
import { gOf } from './details.js';
import { type Content, h, type Markup } from './markup.js';
import { headersName, isSameSet } from './names.js';
import { beside, networkPicture, type Plan, plan } from './network-view.js';
import { hostKey, type PageData, type Point, type ShownExecution, switchKey } from './page-data.js';

/** Pixels across of the small drawings. */
const width_px = 340;

/** "What happened" beside "what should have happened": the trees of the packet at fault (spec 1.4). */
export function outcome(page: PageData, { packet, account, kind }: ShownExecution): Markup | undefined {
  if (packet === null || !account?.happened) return undefined;
  const { happened, configurations } = account;
  const explained = configurations.filter((c) => c.happened).map(({ eventSet }) => eventSet);
  const allowed = grouped(configurations.filter((c) => c.allowed));
  const by = (sets: readonly ShownEventSet[]): Content =>
    sets.slice(0, maxNamed).map((set, i) => [i > 0 && ' or ', gOf(page.eventSets, set)]);
  return h(
    'div',
    { class: 'outcome' },
    treeCard(page, 'what happened', kind === null ? 'should' : 'happened', happened, [
      `What happened to packet ${packet}: `,
      explained.length > 0 ? ['what ', by(explained), ' does'] : 'a mixture, which no configuration does',
    ]),
    allowed.map(({ sets, tree }, i) =>
      treeCard(page, 'what should have happened', 'should', tree, [
        i === 0 ? 'What should have happened: ' : 'Or: ',
        'what ',
        by(sets),
        ' does',
      ]),
    ),
  );
}

/** The most sets that are named. */
const maxNamed = 4;
/** The most trees that are drawn of those that a packet may have. */
const maxTrees = 3;

function grouped(configurations: readonly { readonly eventSet: ShownEventSet; readonly tree: ShownTree }[]) {
  const groups = new Map<string, { sets: ShownEventSet[]; tree: ShownTree }>();
  for (const { eventSet, tree } of configurations) {
    const key = JSON.stringify(tree);
    const group = groups.get(key) ?? { sets: [], tree };
    groups.set(key, group);
    if (!group.sets.some((set) => isSameSet(set, eventSet))) group.sets.push(eventSet);
  }
  return [...groups.values()].slice(0, maxTrees);
}

/** A tree over the network and in rows, with a title. */
export function treeCard(page: PageData, name: string, kind: string, tree: ShownTree, title: Content): Markup {
  return h(
    'figure',
    { class: `card ${kind}` },
    h('figcaption', {}, title),
    treeDrawing(page, name, tree),
    h(
      'ul',
      { class: 'paths' },
      pathsOf(tree).map((path) => h('li', {}, pathMarkup(page, path))),
    ),
  );
}

/** The tree as arrows along the links of the network. */
function treeDrawing(page: PageData, name: string, tree: ShownTree): Markup {
  const p = plan(page, width_px);
  const host = page.network.hosts.find(({ at }) => at === tree.at);
  const start = host ? [way(p.at(hostKey(host.name)), p.at(switchKey(switchOf(tree.at))))] : [];
  const label = `${name}: ${pathsOf(tree).map(pathName).join('; ')}`;
  return networkPicture(p, label, { ways: [...start, ...ways(p, tree)], above: crosses(p, tree), isSmall: true });
}

function ways(p: Plan, tree: ShownTree): Markup[] {
  const here = p.at(switchKey(switchOf(tree.at)));
  if (tree.kind === 'exit') {
    const host = p.network.hosts.find(({ at }) => at === tree.at);
    return [way(here, host ? p.at(hostKey(host.name)) : beside(p, tree.at, 70, 0))];
  }
  return tree.next.flatMap((next) => {
    const far = p.at(switchKey(switchOf(next.at)));
    return [...(next.kind === 'hop' ? [way(here, far)] : []), ...ways(p, next)];
  });
}

/** Where the packet is dropped. */
function crosses(p: Plan, tree: ShownTree): Markup[] {
  if (tree.kind === 'exit') return [];
  const { x, y } = p.at(switchKey(switchOf(tree.at)));
  if (tree.next.length === 0) return [h('path', { class: 'drop', d: `M${x - 11} ${y - 11}l22 22m0 -22l-22 22` })];
  return tree.next.flatMap((next) => crosses(p, next));
}

/** A wide line from node to node, to the right of the way, with an arrowhead in its middle. */
function way(from: Point, to: Point): Markup {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const point = (along: number, right: number) =>
    `${(from.x + ux * along - uy * right).toFixed(1)} ${(from.y + uy * along + ux * right).toFixed(1)}`;
  const middle = length / 2 + 7;
  return h(
    'g',
    { class: 'arrow' },
    h('path', { class: 'shaft', d: `M${point(0, 4)}L${point(length, 4)}` }),
    h('path', { class: 'head', d: `M${point(middle, 4)}L${point(middle - 13, -3.5)}L${point(middle - 13, 11.5)}Z` }),
  );
}

type Path = readonly ShownTree[];

/** The ways from the root to each leaf. */
const pathsOf = (tree: ShownTree): Path[] =>
  tree.next.length === 0 ? [[tree]] : tree.next.flatMap((next) => pathsOf(next).map((path) => [tree, ...path]));

const pathName = (path: Path): string => {
  const last = path[path.length - 1]!;
  return `${path.map(({ at }) => at).join(' to ')}${last.kind === 'hop' ? ', dropped' : ''}`;
};

/** A path in a row: places, what becomes of the headers where they change, and the end. */
function pathMarkup({ network }: PageData, path: Path): Content {
  const hostOf = (at: string) => network.hosts.find((host) => host.at === at)?.name;
  const arrow = h('span', { class: 'to' }, ' → ');
  const first = path[0]!;
  const last = path[path.length - 1]!;
  const places = path.map((node, i) => {
    const changed = i > 0 && headersName(node.headers) !== headersName(path[i - 1]!.headers);
    const isShown = (i === 0 || changed) && Object.keys(node.headers).length > 0;
    const headers = isShown && h('code', {}, headersName(node.headers));
    if (node.kind === 'hop') return [arrow, headers, headers && ' ', h('span', { class: 'place' }, node.at)];
    return [
      arrow,
      headers,
      headers && ' ',
      h('span', { class: 'place end' }, hostOf(node.at) ?? `${node.at}, where no host is`),
    ];
  });
  return [
    h('span', { class: 'place' }, hostOf(first.at) ?? first.at),
    places,
    last.kind === 'hop' && [arrow, h('span', { class: 'place dropped' }, '✕ dropped')],
  ];
}
