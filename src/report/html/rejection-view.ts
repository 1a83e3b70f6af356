import type { ShownTree } from '../../execution/execution.js';
import { switchOf } from '../executions/queues.js';
import { eventName } from '../result/events-in-words.js';
import type { Rejection, Result, ShownEdge, ShownEvent } from '../result/result.js';
import { type Content, h, type Markup } from './markup.js';
import { networkPicture, plan } from './network-view.js';
import { treeCard } from './outcome.js';
import type { PageData } from './page-data.js';
import type { Remark } from './source.js';
import { figure, missingUnion, transitionSystemView } from './structures.js';

/** Why the program is rejected, in words, with its witnesses drawn. */
export async function rejection(result: Result, data: PageData | undefined): Promise<Markup | undefined> {
  const { rejected } = result;
  if (!rejected) return undefined;
  const { code, message } = rejected;
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'violation broken' },
      h('h3', {}, h('span', { class: 'mark', 'aria-hidden': 'true' }, '✕'), ` Rejected: ${code}`),
      h('p', { class: 'explanation' }, `${message.slice(0, 1).toUpperCase()}${message.slice(1)}.`),
    ),
    h('div', { class: 'panels' }, await witnesses(rejected, result, data)),
  );
}

async function witnesses(
  { details }: Rejection,
  { ets, nes }: Pick<Result, 'ets' | 'nes'>,
  data: PageData | undefined,
): Promise<Content> {
  const all = nes?.events ?? [];
  if ('diagnostics' in details) return undefined;
  if ('paths' in details) {
    const [a, b] = details.paths;
    const highlights = [
      ...a.map((edge) => ({ edge, classes: 'first' })),
      ...b.map((edge) => ({ edge, classes: 'second' })),
    ];
    return [
      figure(
        'The same events in two orders, which end in different configurations',
        h(
          'ul',
          { class: 'ways' },
          [a, b].map((path, i) => h('li', { class: i === 0 ? 'first' : 'second' }, pathMarkup(path))),
        ),
      ),
      ets && (await transitionSystemView('rejected-ets', ets, nes?.blocks, highlights)),
    ];
  }
  if ('edges' in details) {
    const highlights = details.edges.map((edge) => ({ edge, classes: 'first' }));
    return [
      figure(
        'switches' in details
          ? 'Events that are to be ordered, at different switches'
          : 'Events of one loop at different switches',
        h(
          'ul',
          { class: 'ways' },
          details.edges.map((edge) => h('li', { class: 'first' }, pathMarkup([edge]))),
        ),
      ),
      ets && (await transitionSystemView('rejected-ets', ets, nes?.blocks, highlights)),
      data &&
        switchesOf(
          data,
          details.edges.map(({ at }) => switchOf(at)),
          'Where the events are',
        ),
    ];
  }
  if ('upper' in details) {
    const ids = (events: readonly ShownEvent[]) => events.map(({ id }) => id);
    const [a, b] = details.sets;
    return [
      await missingUnion([ids(a), ids(b)], ids(details.union), ids(details.upper)),
      eventList(all, details.upper),
    ];
  }
  if ('switches' in details)
    return [
      data && switchesOf(data, details.switches, 'Events that must not all occur, at different switches'),
      eventList(all, details.set),
    ];
  if (!data) return undefined;
  return treeCard(data, 'the way of the packet', 'happened', treeOf(details), [
    `In state [${details.state.join(', ')}], a packet from ${details.host}`,
  ]);
}

const pathMarkup = (path: readonly ShownEdge[]): Content => [
  path[0] && h('code', {}, `[${path[0].from.join(', ')}]`),
  path.map(({ to, formula, at }) => [
    h('span', { class: 'to' }, ` — ${formula} at ${at} → `),
    h('code', {}, `[${to.join(', ')}]`),
  ]),
];

/** @param all all events of the structure */
const eventList = (all: readonly ShownEvent[], events: readonly ShownEvent[]): Markup =>
  figure(
    'The events',
    h(
      'ul',
      { class: 'ways' },
      events.map((event) => h('li', {}, h('b', {}, `e${event.id}`), ` ${eventName(all, event)}`)),
    ),
  );

function switchesOf(data: PageData, switches: readonly number[], title: string): Markup {
  const body = (n: number) => ({
    classes: switches.includes(n) ? 'kx' : 'k0',
    note: switches.includes(n) ? '✕' : '',
    size: '✕',
  });
  return figure(title, networkPicture(plan(data, 400), `${title}: ${switches.join(', ')}`, { body }));
}

/** A path that ends badly as a tree: it finishes where no host is, or comes back to where it was. */
function treeOf({ path, finishes }: Extract<Rejection['details'], { path: unknown }>): ShownTree {
  const end = path[path.length - 1];
  const exit: ShownTree[] =
    finishes === null || !end ? [] : [{ kind: 'exit', at: finishes, headers: end.headers, next: [] }];
  const tree = path.reduceRight<readonly ShownTree[]>(
    (next, { at, headers }) => [{ kind: 'hop', at, headers, next }],
    exit,
  );
  return tree[0]!;
}

/** What is wrong, at the lines that it is about. */
export function remarks({ rejected }: Result): Remark[] {
  if (!rejected) return [];
  if ('diagnostics' in rejected.details)
    return rejected.details.diagnostics.map(({ line, rule, message }) => ({ line, text: `${rule}: ${message}` }));
  return rejected.line === null ? [] : [{ line: rejected.line, text: rejected.message }];
}
