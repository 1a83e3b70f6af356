import { eventName } from '../result/events-in-words.js';
import type { Result, ShownEvent } from '../result/result.js';
import { type Content, h, type Markup } from './markup.js';

/** Longer texts are shown without colours: colours take room. */
const maxColoured = 20_000;

/** A stretch of the text that is shown in one way. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly classes: string;
}

/** The words and signs of programs (spec 1.1), as far as colours need them. */
const tokens =
  /(?<comment>#[^\n]*|\/\/[^\n]*)|(?<keyword>\b(?:host|link|field|ordered|state|let|policy|in|ip|drop|id|true|false)\b)|(?<number>\b\d[\d.:]*)|(?<sign>[-<>←→⟨⟩;+*&|!¬∧∨=≠@]+)/g;

function coloured(text: string): Stretch[] {
  if (text.length > maxColoured) return [];
  return [...text.matchAll(tokens)].map((match) => {
    const [kind] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)!;
    return { start: match.index, end: match.index + match[0].length, classes: kind };
  });
}

/** A remark on a line: what is wrong there. */
export interface Remark {
  readonly line: number;
  readonly text: string;
}

/**
 * The text of a program, with its words coloured, the links that are events marked by the names of these, and what is
 * wrong under the line that it is about.
 */
export function source(text: string, { program, ets, nes }: Result, remarks: readonly Remark[]): Markup {
  const colours = coloured(text);
  const marks = (program.links ?? []).map(({ start, end, edges }) => {
    const labels = edges.flatMap((edge) => ets?.edges[edge] ?? []);
    const events = (nes?.events ?? []).filter(({ formula, at }) =>
      labels.some((l) => l.formula === formula && l.at === at),
    );
    return { start, end, events, edges: labels, title: titleOf(nes?.events ?? [], events) };
  });
  let offset = 0;
  const lines = text.split('\n').map((line, i) => {
    const start = offset;
    offset += line.length + 1;
    const own = remarks.filter((remark) => remark.line === i + 1);
    const within = marks.filter((mark) => mark.start < start + line.length && mark.end > start);
    const names = [...new Set(within.flatMap(({ events }) => named(events)))];
    const title = within
      .flatMap(({ edges }) =>
        edges.map(
          ({ from, to, formula, at }) => `[${from.join(', ')}] to [${to.join(', ')}] when ${formula} arrives at ${at}`,
        ),
      )
      .join('; ');
    return h(
      'li',
      { class: own.length > 0 ? 'wrong' : undefined, id: `line-${i + 1}` },
      h('code', {}, stretches(text, start, start + line.replace(/\r$/, '').length, colours, within)),
      names.length > 0 && h('span', { class: 'chip event', title }, names.join(' ')),
      own.map(({ text: remark }) => h('p', { class: 'remark' }, remark)),
    );
  });
  return h('ol', { class: 'source', tabindex: 0, 'aria-label': 'The program' }, lines);
}

/** More events than this are counted, not named. */
const maxNamed = 8;

/** The events of a link in words. */
function titleOf(all: readonly ShownEvent[], events: readonly ShownEvent[]): string {
  const more = events.length - maxNamed;
  const names = events.slice(0, maxNamed).map((event) => eventName(all, event));
  return [...names, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** A few events by their names; of many with one label, the first and the last. */
function named(events: readonly ShownEvent[]): string[] {
  const [first] = events;
  const last = events[events.length - 1];
  if (!first || !last) return [];
  return events.length > 3 ? [`★ e${first.id} … e${last.id}`] : events.map((event) => `★ e${event.id}`);
}

/** One line, cut where a colour or a mark begins or ends. */
function stretches(
  text: string,
  start: number,
  end: number,
  colours: readonly Stretch[],
  marks: readonly { readonly start: number; readonly end: number; readonly title: string }[],
): Content {
  const here = colours.filter((stretch) => stretch.start < end && stretch.end > start);
  const cuts = new Set([start, end]);
  for (const { start: a, end: b } of [...here, ...marks]) {
    cuts.add(Math.max(start, a));
    cuts.add(Math.min(end, b));
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((from, i): Content => {
    const piece = text.slice(from, sorted[i + 1]);
    const colour = here.find((stretch) => stretch.start <= from && from < stretch.end);
    const mark = marks.find((stretch) => stretch.start <= from && from < stretch.end);
    const inner = colour ? h('span', { class: colour.classes }, piece) : piece;
    return mark ? h('mark', { title: mark.title }, inner) : inner;
  });
}
