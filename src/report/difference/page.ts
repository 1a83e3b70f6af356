import type { Difference, ShownHop } from '../../difference/shown.js';
import { htmlDocument } from '../html/document.js';
import { h, type Markup } from '../html/markup.js';
import { pageStyle } from '../html/page-assets.js';
import { assertComparison, type Comparison, titles } from './document.js';
import { hopLines, isOfPair, openInWords, pathInWords, sentenceOf, verdictInWords } from './sentences.js';
import { hopsStyle } from './style.js';

/**
 * What two programs differ in, as an HTML page that needs nothing else, with trees side by side.
 * @example
 * ```ts
 * import { diff, diffPage } from 'snk-verify';
 *
 * const { comparison } = diff({ file: 'a.snk', source: 'policy true' }, { file: 'b.snk', source: 'policy id' });
 * console.log(diffPage(comparison).includes('the programs mean the same')); // true
 * ```
 */
export function diffPage(comparison: Comparison): string {
  assertComparison('diffPage', comparison);
  const { old, new: now, tool } = comparison;
  return htmlDocument({
    title: `${old.file} → ${now.file} – snk-verify`,
    body: [
      h(
        'header',
        {},
        h('p', { class: 'tool' }, 'snk-verify · what two Stateful NetKAT programs differ in'),
        h('h1', {}, `${old.file} → ${now.file}`),
        h('p', {}, verdictOf(comparison)),
      ),
      h('main', {}, (comparison.differences ?? []).map(section)),
      h(
        'footer',
        {},
        `Made by ${tool.name} ${tool.version}; sha256 of the programs: `,
        h('code', {}, old.sha256.slice(0, 16)),
        '…, ',
        h('code', {}, now.sha256.slice(0, 16)),
        '…',
      ),
    ],
    style: pageStyle + hopsStyle,
  });
}

function verdictOf({ status, why, old, new: now, differences = [], more = 0, pairs = 0 }: Comparison): string {
  switch (status) {
    case 'unknown':
      return `unknown: ${why}`;
    case 'rejected':
      return [old, now]
        .flatMap(({ file, rejected }) =>
          rejected ? [`${file} is rejected (${rejected.code}): ${rejected.message}`] : [],
        )
        .join('; ');
    default:
      return verdictInWords(differences, more, pairs);
  }
}

function section(one: Difference, i: number): Markup {
  const id = `difference-${i + 1}`;
  const heading = (text: string) => h('h2', { id: `${id}-title` }, text);
  if (!isOfPair(one)) return h('section', { id, 'aria-labelledby': `${id}-title` }, heading(sentenceOf(one)));
  const open = openInWords(one);
  return h(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    heading(sentenceOf(one)),
    h(
      'p',
      {},
      `${pathInWords(one)}, in state [${one.states.old}] of ${titles.old} and [${one.states.new}] of ${titles.new}`,
    ),
    open !== '' && h('p', {}, open),
    one.kind === 'tree' &&
      h('div', { class: 'beside' }, tree(titles.old, one.trees.old), tree(titles.new, one.trees.new)),
  );
}

const tree = (title: string, root: ShownHop): Markup =>
  h('figure', { class: 'hops' }, h('figcaption', {}, title), h('pre', { tabindex: 0 }, hopLines(root).join('\n')));
