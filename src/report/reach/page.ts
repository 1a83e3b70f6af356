import type { EdgeReach, Reached, StateReach } from '../../reach/shown.js';
import { count } from '../count.js';
import { htmlDocument } from '../html/document.js';
import { h, type Markup } from '../html/markup.js';
import { pageStyle } from '../html/page-assets.js';
import { partName } from '../result/events-in-words.js';
import { whenInWords } from './conditions.js';
import { assertReach, type ReachDocument } from './document.js';
import { matrixOf } from './matrix.js';

/**
 * Who reaches whom, as an HTML page that needs nothing else.
 * @example
 * ```ts
 * import { reach, reachPage } from 'snk-verify';
 *
 * const source = 'host A @ 1:1; host B @ 1:2; policy pt=1; pt<-2';
 * console.log(reachPage(reach(source, 'ab.snk').document).includes('any packet')); // true
 * ```
 */
export function reachPage(document: ReachDocument): string {
  assertReach('reachPage', document);
  const { program, tool, hosts = [], states = [], moreStates = 0, changes = [], rejected, why } = document;
  const what =
    rejected?.message ?? why ?? `${count(hosts.length, 'host')}, ${count(states.length + moreStates, 'state')}`;
  return htmlDocument({
    title: `${program.file}: who reaches whom – snk-verify`,
    body: [
      h(
        'header',
        {},
        h('p', { class: 'tool' }, 'snk-verify · who reaches whom in a Stateful NetKAT program'),
        h('h1', {}, program.file),
        h('p', {}, what),
      ),
      h(
        'main',
        {},
        states.map((one, i) => stateSection(hosts, one, i)),
        moreStates > 0 && h('p', {}, `${count(moreStates, 'more state')}, not shown`),
        changes.length > 0 && changesSection(changes),
      ),
      h(
        'footer',
        {},
        `Made by ${tool.name} ${tool.version}; sha256 of the program: `,
        h('code', {}, program.sha256.slice(0, 16)),
        '…',
      ),
    ],
    style: pageStyle,
  });
}

function stateSection(hosts: readonly string[], { state, reaches }: StateReach, i: number): Markup {
  const id = `state-${i}`;
  const { signs, legend } = matrixOf(hosts, reaches);
  const title = state.length === 0 ? 'Who reaches whom' : `In state [${state}]`;
  return h(
    'section',
    { 'aria-labelledby': id },
    h('h2', { id }, title),
    h(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title },
      h(
        'table',
        {},
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, 'from \\ to'),
            hosts.map((host) => h('th', { scope: 'col' }, host)),
          ),
        ),
        h(
          'tbody',
          {},
          hosts.map((host, row) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row' }, host),
              signs[row]!.map((sign) => h('td', {}, sign ?? '·')),
            ),
          ),
        ),
      ),
    ),
    h(
      'dl',
      {},
      legend.map(([sign, condition]) => [h('dt', {}, sign), h('dd', {}, h('code', {}, condition))]),
    ),
  );
}

const changesSection = (changes: readonly EdgeReach[]): Markup =>
  h(
    'section',
    { 'aria-labelledby': 'changes' },
    h('h2', { id: 'changes' }, 'What events change'),
    changes.map(({ indices, from, to, formula, at, gained, lost }) => {
      const [before, after] = [from, to].map((part) => partName({ indices }, part));
      const lines = [...gained.map((one) => line('+', one)), ...lost.map((one) => line('−', one))];
      return [
        h('h3', {}, `${formula} at ${at}: ${before} → ${after}`),
        lines.length > 0 ? h('ul', {}, lines) : h('p', {}, 'changes nothing of who reaches whom'),
      ];
    }),
  );

const line = (sign: string, one: Reached): Markup =>
  h('li', {}, `${sign} ${one.from} → ${one.to} `, h('code', {}, whenInWords(one)));
