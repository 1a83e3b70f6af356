import { brokenTitle, type ShownCheckName, worstStatus } from '../result/checks.js';
import type { Result } from '../result/result.js';
import { htmlDocument } from './document.js';
import { filterable } from './filterable.js';
import { glossary } from './glossary.js';
import { type Content, h, type Markup, toHtml } from './markup.js';
import { galleryScript, pageStyle } from './page-assets.js';

/** A page of the gallery: of one program, with its results. */
export interface Exhibit {
  /** The name of its file, without an ending. */
  readonly name: string;
  readonly results: readonly Result[];
}

type Verdict = 'rejected' | ReturnType<typeof worstStatus>;

const colours: Readonly<Record<Verdict, string>> = {
  rejected: '#6b4e00',
  violated: '#b3261e',
  unknown: '#7a5200',
  holds: '#146c2e',
  proved: '#146c2e',
};
const signs: Readonly<Record<Verdict, string>> = {
  rejected: '✕',
  violated: '✕',
  unknown: '?',
  holds: '✓',
  proved: '✓',
};

/** The worst of a result's verdicts. */
const verdictOf = (result: Result): Verdict => (result.rejected ? 'rejected' : worstStatus(result));

/**
 * The index of a gallery: its programs, under every semantics. @param about what the gallery is, in a sentence or two
 */
export function galleryIndex(exhibits: readonly Exhibit[], about: string): string {
  const results = exhibits.flatMap((exhibit) => exhibit.results);
  const semantics = [...new Set(results.map(({ options }) => options.semantics))];
  const words = [...new Set(results.map(verdictOf)), ...results.flatMap(kindsOf), ...semantics];
  const table = filterable({
    id: 'gallery',
    name: 'Reports',
    placeholder: 'ring, too-late, tagged:proved …',
    columns: ['program', ...semantics, 'what it is'],
    rows: exhibits.map((exhibit) => row(exhibit, semantics)),
    isCards: true,
  });
  return htmlDocument({
    title: 'snk-verify: gallery',
    style: pageStyle,
    script: galleryScript,
    body: [
      h('header', {}, h('p', { class: 'tool' }, 'snk-verify'), h('h1', {}, 'Gallery of reports'), h('p', {}, about)),
      h(
        'main',
        {},
        h('section', { 'aria-label': 'Reports' }, table),
        h('section', { 'aria-labelledby': 'words' }, h('h2', { id: 'words' }, 'What the words mean'), glossary(words)),
      ),
    ],
  });
}

function row({ name, results }: Exhibit, semantics: readonly string[]): Markup {
  const [first] = results;
  const verdicts = first?.rejected
    ? h('td', { colspan: semantics.length, 'data-label': 'verdict' }, cell(first))
    : semantics.map((one) => {
        const own = results.filter(({ options }) => options.semantics === one);
        return h('td', { 'data-label': one }, own.map(cell));
      });
  return h(
    'tr',
    { 'data-words': results.map((result) => `${result.options.semantics}:${verdictOf(result)}`).join(' ') },
    h('th', { scope: 'row' }, h('a', { href: `${name}.html` }, name)),
    verdicts,
    h('td', { 'data-label': 'what it is' }, firstComment(first?.program.text ?? '')),
  );
}

/** What is broken in a result, by its kinds, or why it is rejected. */
const kindsOf = ({ rejected, checks }: Result): readonly string[] =>
  rejected
    ? [rejected.code]
    : [...new Set(Object.values(checks).flatMap(({ counterexample }) => counterexample?.kind ?? []))];

function cell(result: Result): Content {
  const verdict = verdictOf(result);
  const broken = Object.entries(result.checks)
    .filter(([, { status }]) => status === 'violated')
    .map(([name]) => name);
  const title = verdict === 'violated' ? brokenTitle(broken as ShownCheckName[]) : (result.rejected?.message ?? '');
  const isPaperOnly = broken.length === 1 && broken[0] === 'theorem1.paper';
  const kinds = kindsOf(result);
  return [
    h(
      'span',
      { class: `status ${verdict}`, title: title === '' ? undefined : title },
      `${signs[verdict]} ${verdict}${isPaperOnly ? ' (paper)' : ''}`,
    ),
    kinds.length > 0 && [' ', h('span', { class: 'kinds' }, kinds.join(', '))],
  ];
}

/** The first line of a program's comment. */
const firstComment = (text: string): string => (/^#\s*(.*)/.exec(text)?.[1] ?? '').trim();

/** The approximate width of a character of a badge, in pixels, and the space on both sides. */
const character_px = 6.6;
const margin_px = 8;

/** A badge: a program, and what becomes of it under the first of its semantics. */
export function badge({ name, results }: Exhibit): string {
  const [first] = results;
  const verdict = first ? verdictOf(first) : 'unknown';
  const left = `${name} · ${first?.options.semantics ?? ''}`;
  const widths = [left, verdict].map((text) => Math.round(text.length * character_px + 2 * margin_px)) as [
    number,
    number,
  ];
  const width = widths[0] + widths[1];
  const text = (x: number, content: string): Markup =>
    h(
      'text',
      {
        x,
        y: 14,
        fill: '#fff',
        'text-anchor': 'middle',
        'font-family': 'Verdana,DejaVu Sans,sans-serif',
        'font-size': 11,
      },
      content,
    );
  return `${toHtml(
    h(
      'svg',
      { xmlns: 'http://www.w3.org/2000/svg', width, height: 20, role: 'img', 'aria-label': `${left}: ${verdict}` },
      h('rect', { width: widths[0], height: 20, fill: '#3b3f4a' }),
      h('rect', { x: widths[0], width: widths[1], height: 20, fill: colours[verdict] }),
      text(widths[0] / 2, left),
      text(widths[0] + widths[1] / 2, verdict),
    ),
  )}\n`;
}
