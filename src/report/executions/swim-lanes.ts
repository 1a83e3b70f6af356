import { greatest } from '../../base/extremes.js';
import { captions } from './caption.js';
import { endsOf, type Lane, lanesOf } from './lanes.js';
import type { Portrait } from './portrait.js';
import { copiesOf } from './queues.js';

/** The characters with which lanes are drawn. */
interface Pen {
  readonly lane: string;
  readonly line: string;
  readonly crossing: string;
  readonly start: string;
  readonly left: string;
  readonly right: string;
  readonly work: string;
}

const pens = {
  unicode: { lane: '│', line: '─', crossing: '┼', start: '●', left: '◀', right: '▶', work: '■' },
  ascii: { lane: '|', line: '-', crossing: '+', start: 'o', left: '<', right: '>', work: '#' },
} as const satisfies Record<string, Pen>;

/** The width of a terminal that every drawing fits. */
const columns = 80;
/** The least number of columns that captions are given. */
const captionColumns = 30;
const maxLaneColumns = 7;

/**
 * Untrusted text as one line of plain ASCII, in which every character takes one column and none controls the terminal.
 */
export const plainText = (text: string): string =>
  Array.from(text, (c) => (/^[ -~]$/.test(c) ? c : `\\u{${c.codePointAt(0)!.toString(16)}}`)).join('');

/**
 * A swim-lane diagram for a terminal of 80 columns: a lane for each host, switch and the controller that takes part,
 * time downwards, a line or more for each step, with what happens beside it. The steps of the packet at fault are
 * marked `>`.
 */
export function swimLanes(portrait: Portrait, options: { readonly ascii: boolean }): string {
  const { steps, claim } = portrait;
  const pen = options.ascii ? pens.ascii : pens.unicode;
  const gutter = String(steps.length).length + 3;
  const { lanes, indexOf, width } = arrange(lanesOf(portrait), columns - gutter - captionColumns - 1);
  const drawn = lanes.length * width;
  const room = columns - gutter - drawn - 1;
  const texts = captions(portrait, copiesOf(steps));

  const idle = lanes.map(() => pen.lane.padEnd(width)).join('');
  const lines = heading(lanes, width).map((line) => `${' '.repeat(gutter)}${line}`);
  for (const [i, step] of steps.entries()) {
    const ends = endsOf(step, steps).map(indexOf) as [number, number];
    const isAtFault = 'packet' in step && claim?.packet === step.packet;
    const number = `${isAtFault ? '>' : ' '}${String(i + 1).padStart(gutter - 2)} `;
    for (const [row, caption] of folded(plainText(texts[i]!), room).entries()) {
      const left = row === 0 ? `${number}${drawStep(ends, lanes.length, width, pen)}` : `${' '.repeat(gutter)}${idle}`;
      lines.push(`${left} ${caption}`.trimEnd());
    }
  }
  return lines.join('\n');
}

/** The lanes for which there is room, and their width; the processes that do not fit share one lane, `..`. */
function arrange(
  all: readonly Lane[],
  room: number,
): { readonly lanes: readonly Lane[]; readonly indexOf: (key: string) => number; readonly width: number } {
  const lanes = all.length <= room ? all : [...all.slice(0, room - 1), { key: '', name: '..' }];
  const width = Math.max(1, Math.min(maxLaneColumns, Math.floor(room / Math.max(lanes.length, 1))));
  const index = new Map(all.map(({ key }, i) => [key, Math.min(i, lanes.length - 1)]));
  return { lanes, width, indexOf: (key) => index.get(key)! };
}

/** At most so many letters of a name are shown, one below the other where lanes are narrow. */
const maxNameRows = 8;

/** The names of the lanes, written across where they fit, otherwise downwards. */
function heading(lanes: readonly Lane[], width: number): string[] {
  const names = lanes.map(({ name }) => plainText(name));
  if (names.every((name) => name.length < width))
    return [
      names
        .map((name) => name.padEnd(width))
        .join('')
        .trimEnd(),
    ];
  const cut = names.map((name) => (name.length <= maxNameRows ? name : `${name.slice(0, maxNameRows - 1)}~`));
  const rows = greatest(cut.map((name) => name.length));
  return Array.from({ length: rows }, (_, row) =>
    cut
      .map((name) => (name.padStart(rows)[row] ?? ' ').padEnd(width))
      .join('')
      .trimEnd(),
  );
}

/** The lanes at a step: an arrow from one to another, or a mark on one. */
function drawStep([from, to]: readonly [number, number], count: number, width: number, pen: Pen): string {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const cell = (lane: number): string => {
    const isCrossed = lane >= first && lane < last;
    const mark =
      from === to && lane === from
        ? pen.work
        : lane === from
          ? pen.start
          : lane === to
            ? to > from
              ? pen.right
              : pen.left
            : lane > first && lane < last
              ? pen.crossing
              : pen.lane;
    return mark + (isCrossed ? pen.line : ' ').repeat(width - 1);
  };
  return Array.from({ length: count }, (_, lane) => cell(lane)).join('');
}

/** A text in lines of a width; words that are longer are broken. */
export function folded(text: string, width = columns): string[] {
  const lines = [''];
  for (const word of text.split(' ').flatMap((w) => w.match(new RegExp(`.{1,${width}}`, 'g')) ?? [''])) {
    const line = lines[lines.length - 1]!;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
