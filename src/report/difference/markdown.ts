import { printable } from '../../base/printable.js';
import type { Difference } from '../../difference/shown.js';
import { code } from '../markdown.js';
import { assertComparison, type Comparison, titles } from './document.js';
import { hopLines, isOfPair, openInWords, pathInWords, sentenceOf, verdictInWords } from './sentences.js';

/**
 * What two programs differ in, as a comment of a pull request (GitHub's Markdown), without a line end at the end.
 * @example
 * ```ts
 * import { diff, diffMarkdown } from 'snk-verify';
 *
 * const { comparison } = diff({ file: 'a.snk', source: 'policy true' }, { file: 'b.snk', source: 'policy id' });
 * console.log(diffMarkdown(comparison).split('\n')[0]); // ### `a.snk` → `b.snk`: no difference
 * ```
 */
export function diffMarkdown(comparison: Comparison): string {
  assertComparison('diffMarkdown', comparison);
  const { old, new: now, status, differences = [], more = 0, pairs = 0 } = comparison;
  const title = `### ${code(old.file)} → ${code(now.file)}`;
  switch (status) {
    case 'same':
      return `${title}: no difference\n\n${code(verdictInWords(differences, more, pairs))}`;
    case 'unknown':
      return `${title}: unknown\n\n${code(comparison.why!)}`;
    case 'rejected': {
      const lines = [old, now].flatMap(({ file, rejected }) =>
        rejected ? [`- ${code(file)} is rejected (${rejected.code}): ${code(rejected.message)}`] : [],
      );
      return `${title}: rejected\n\n${lines.join('\n')}`;
    }
    case 'different':
      return [
        `${title}: different`,
        '',
        code(verdictInWords(differences, more, pairs)),
        '',
        ...differences.flatMap(itemOf),
      ]
        .join('\n')
        .trimEnd();
  }
}

function itemOf(one: Difference): string[] {
  if (!isOfPair(one)) return [`- ${code(sentenceOf(one))}`];
  const { old, new: now } = one.states;
  const what = [sentenceOf(one), openInWords(one)].filter(Boolean).join(', ');
  const item = `- ${code(pathInWords(one))} (states ${code(`[${old}]`)} and ${code(`[${now}]`)}): ${code(what)}`;
  if (one.kind === 'event') return [item];
  return [
    item,
    '',
    `  | ${titles.old} | ${titles.new} |`,
    '  |---|---|',
    `  | ${cellOf(hopLines(one.trees.old))} | ${cellOf(hopLines(one.trees.new))} |`,
    '',
  ];
}

/** Lines in one cell of a table: as code, in which blanks count. */
const cellOf = (lines: readonly string[]): string =>
  `<pre>${lines.map((line) => escaped(printable(line))).join('<br>')}</pre>`;

/** Text in which nothing is markup: neither HTML nor Markdown, which GitHub reads within a cell too. */
const escaped = (text: string): string =>
  text.replace(/[^\w .:=]/gu, (character) => `&#${character.codePointAt(0)};`).replaceAll('_', '&#95;');
