import pc from 'picocolors';
import { escapeCharacter, printable } from '../base/printable.js';
import { type Diagnostic, maxCounted } from './diagnostics.js';
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
 * A diagnostic as a compiler prints it: `file:line:column: error[code/rule]: message`, the line with the place underlined
 * (a window of a long line), what was expected, and a hint. `source` is the reading's `text`. No line end at the end.
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

/** All diagnostics of a rejected file, an empty line between them, and how many more there were. */
export function showDiagnostics(
  rejected: Extract<Reading, { readonly ok: false }>,
  options: { readonly colour: boolean },
): string {
  const { diagnostics, omitted, text, file } = rejected;
  const shown = diagnostics.map((diagnostic) => showDiagnostic(diagnostic, text, file, options));
  const more = omitted + diagnostics.length >= maxCounted ? `and more than ${omitted} more` : `and ${omitted} more`;
  return [...shown, ...(omitted > 0 ? [more] : [])].join('\n\n');
}

/** The piece of the line around the place, the columns in front of it, and those to underline. */
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
