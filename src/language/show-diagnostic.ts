import pc from 'picocolors';
import { assertOptions, type ShowOptions, showOptions } from '../base/options.js';
import { escapeCharacter, printable } from '../base/printable.js';
import { assertArguments, objectWith } from '../base/taken.js';
import { type Diagnostic, firstOf, maxCounted } from './diagnostics.js';
import type { Reading } from './read-program.js';
import { isLineEnd, lineAround } from './source.js';

const windowColumns = 100;
const columnsBeforePlace = 60;

/** One character as it is shown, and how many columns of a terminal it takes. */
interface Cell {
  readonly shown: string;
  readonly columns: number;
  readonly offset: number;
}

/**
 * A diagnostic as a compiler prints it: `file:line:column: error[code/rule]: message`, the line (a part of it if it is
 * long) with the place underlined, what was expected, and a hint. `source` is the `text` of the reading. The result
 * does not end with a line end.
 */
export function showDiagnostic(
  diagnostic: Diagnostic,
  source: string,
  file: string,
  options: { readonly colour: boolean },
): string {
  const { bold, red, cyan, dim } = pc.createColors(options.colour);
  const { code, rule, message, line, column, expected, hint } = diagnostic;
  const { shown, before, under } = showPlace(diagnostic, source);
  const margin = ' '.repeat(String(line).length);
  const place = printable(`${file}:${line}:${column}`);
  const note = (label: string, text: string): string => `${margin} ${dim('=')} ${cyan(label)}: ${text}`;
  return [
    `${bold(`${place}:`)} ${bold(red(`error[${code}/${rule}]`))}${bold(`: ${message}`)}`,
    `${margin} ${dim('|')}`,
    `${line} ${dim('|')} ${shown}`,
    `${margin} ${dim('|')} ${' '.repeat(before)}${bold(red('^'.repeat(under)))}`,
    ...(expected === undefined || message.includes(expected) ? [] : [note('expected', expected)]),
    ...(hint === undefined ? [] : [note('hint', hint)]),
  ].join('\n');
}

/** How many diagnostics are shown: nobody reads more than the first ten. */
const maxShown = 10;

/**
 * Whether something in a text looks like the beginning of a declaration or a policy. A text that contains NUL never
 * does, since it is binary.
 */
const looksLikeProgram = (text: string): boolean =>
  /(^|;)[ \t]*(policy\b|host\s+\w+\s*@|link\s+\d+\s*:|state\s*\[)/m.test(text) && !text.includes('\0');

/**
 * The first diagnostics of a rejected file, an empty line between them, and how many more there were.
 * @example
 * ```ts
 * import { check, showDiagnostics } from 'snk-verify';
 *
 * const { reading } = await check('policy pt=', 'half.snk');
 * if (!reading.ok) console.log(showDiagnostics(reading).split(':')[0]); // half.snk
 * ```
 */
export function showDiagnostics(rejected: Extract<Reading, { readonly ok: false }>, options: ShowOptions = {}): string {
  const unread = objectWith(
    'a reading with diagnostics, what check gives as its `reading`',
    'diagnostics',
    'text',
    'file',
  );
  assertArguments('showDiagnostics', { rejected: [rejected, unread] });
  assertOptions('showDiagnostics', options, showOptions);
  const { colour = false } = options;
  const { diagnostics, omitted, text, file } = rejected;
  const first = firstOf(diagnostics, maxShown);
  const shown = first.map((diagnostic) => showDiagnostic(diagnostic, text, file, { colour }));
  const left = omitted + diagnostics.length - first.length;
  const more = omitted + diagnostics.length >= maxCounted ? `and more than ${left} more` : `and ${left} more`;
  const doubt = `${printable(file)} does not look like a Stateful NetKAT program`;
  return [...shown, ...(left > 0 ? [more] : []), ...(looksLikeProgram(text) ? [] : [doubt])].join('\n\n');
}

/** The piece of the line around the place, how many columns are before the place, and how many are to be underlined. */
function showPlace(
  { span }: Diagnostic,
  source: string,
): { readonly shown: string; readonly before: number; readonly under: number } {
  const line = lineAround(source, span.start, 4 * windowColumns);
  const cells = cellsOf(source, line.start, line.end);
  const isPlace = (cell: Cell): boolean => cell.offset >= span.start && cell.offset < span.end;
  const left = cells.filter((cell) => cell.offset < span.start);
  const right = cells.slice(left.length);
  const startsEarlier = line.start > 0 && !isLineEnd(source.charCodeAt(line.start - 1));
  const endsLater = line.end < source.length && !isLineEnd(source.charCodeAt(line.end));
  const isLong = startsEarlier || endsLater || width(cells) > windowColumns;
  const keptLeft = isLong ? takeLast(left, columnsBeforePlace) : left;
  const keptRight = isLong ? takeFirst(right, windowColumns - width(keptLeft)) : right;
  const head = startsEarlier || keptLeft.length < left.length ? '…' : '';
  const tail = endsLater || keptRight.length < right.length ? '…' : '';
  return {
    shown: head + [...keptLeft, ...keptRight].map(({ shown }) => shown).join('') + tail,
    before: head.length + width(keptLeft),
    under: Math.max(1, width(keptRight.filter(isPlace))),
  };
}

const width = (cells: readonly Cell[]): number => cells.reduce((sum, { columns }) => sum + columns, 0);

function takeFirst(cells: readonly Cell[], columns: number): readonly Cell[] {
  let sum = 0;
  // The place itself is shown even if it alone is wider than the window.
  return cells.filter((cell, i) => {
    sum += cell.columns;
    return i === 0 || sum <= columns;
  });
}

const takeLast = (cells: readonly Cell[], columns: number): readonly Cell[] => {
  let sum = 0;
  const kept: Cell[] = [];
  for (let i = cells.length - 1; i >= 0 && sum + cells[i]!.columns <= columns; i--) {
    sum += cells[i]!.columns;
    kept.push(cells[i]!);
  }
  return kept.reverse();
};

function cellsOf(source: string, start: number, end: number): readonly Cell[] {
  const cells: Cell[] = [];
  let offset = start;
  for (const character of source.slice(start, end)) {
    const shown = character === '\t' ? '    ' : escapeCharacter(character);
    cells.push({ shown, columns: columnsOf(character, shown), offset });
    offset += character.length;
  }
  return cells;
}

// East Asian wide and fullwidth characters (Unicode Annex 11), by blocks.
const wide =
  /[\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{4dbf}\u{4e00}-\u{a4cf}\u{a960}-\u{a97c}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;

function columnsOf(character: string, shown: string): number {
  if (shown !== character) return shown.length;
  if (/\p{Mn}|\p{Me}/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
