import { greatest } from '../../base/extremes.js';
import { assertOptions, type ShowOptions, showOptions } from '../../base/options.js';
import { printable } from '../../base/printable.js';
import type { Difference } from '../../difference/shown.js';
import { type Palette, palette } from '../text/palette.js';
import { wrap } from '../text/wrap.js';
import { assertComparison, type Comparison, titles } from './document.js';
import { hopLines, isOfPair, openInWords, pathInWords, sentenceOf, verdictInWords } from './sentences.js';

/**
 * What two programs differ in, for people, without a line end at the end.
 * @example
 * ```ts
 * import { diff, showDiff } from 'snk-verify';
 *
 * const { comparison } = diff({ file: 'a.snk', source: 'policy true' }, { file: 'b.snk', source: 'policy id' });
 * console.log(showDiff(comparison)); // a.snk -> b.snk: the programs mean the same; 1 pair of states compared
 * ```
 */
export function showDiff(comparison: Comparison, options: ShowOptions = {}): string {
  assertComparison('showDiff', comparison);
  assertOptions('showDiff', options, showOptions);
  const colours = palette(options.colour ?? false);
  const { bold, green, red, yellow } = colours;
  const title = bold(`${printable(comparison.old.file)} -> ${printable(comparison.new.file)}`);
  switch (comparison.status) {
    case 'unknown':
      return `${title}: ${yellow('unknown')}, ${printable(comparison.why!)}`;
    case 'rejected': {
      const lines = (['old', 'new'] as const).flatMap((which) => {
        const { file, rejected } = comparison[which];
        return rejected ? [`  ${printable(file)}: [${rejected.code}] ${printable(rejected.message)}`] : [];
      });
      return [`${title}: ${red('rejected')}`, ...lines].join('\n');
    }
  }
  const { differences = [], more = 0, pairs = 0 } = comparison;
  const verdict = verdictInWords(differences, more, pairs);
  return [
    `${title}: ${differences.length === 0 ? green(verdict) : red(verdict)}`,
    ...differences.flatMap((one) => differenceLines(one, colours)),
  ].join('\n');
}

function differenceLines(one: Difference, colours: Palette): string[] {
  if (!isOfPair(one)) return wrap(sentenceOf(one), '  ');
  const { old, new: now } = one.states;
  const lines = [
    '',
    ...wrap(`${pathInWords(one)}, in state [${old}] of ${titles.old} and [${now}] of ${titles.new}:`, '  '),
    ...wrap([sentenceOf(one), openInWords(one)].filter(Boolean).join(', '), '  '),
  ];
  return one.kind === 'tree' ? [...lines, '', ...sideBySide(one, colours)] : lines;
}

/** The two trees beside each other. */
function sideBySide({ trees }: Extract<Difference, { kind: 'tree' }>, { dim }: Palette): string[] {
  const [left, right] = [trees.old, trees.new].map((tree) => hopLines(tree).map(printable)) as [string[], string[]];
  const width = greatest(
    left.map(({ length }) => length),
    titles.old.length,
  );
  const rows = Math.max(left.length, right.length);
  const row = (a: string, b: string) => `    ${a.padEnd(width)}   ${b}`.trimEnd();
  return [
    dim(row(titles.old, titles.new)),
    ...Array.from({ length: rows }, (_, i) => row(left[i] ?? '', right[i] ?? '')),
  ];
}
