import { escapeCharacter } from '../../base/printable.js';

/**
 * Markup as data: what the views are made of. There are two ways to show it, as the text of a page (`toHtml`) and as
 * live elements (`src/report/html/browser/patch.ts`). Names and texts of programs are untrusted; both ways show them as
 * text and nothing else.
 */
export interface Markup {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Markup | string)[];
}

/** What may stand where children are wanted: lists are flattened, and empty values are left out. */
export type Content = Markup | string | number | false | null | undefined | readonly Content[];

/** Attributes: `true` is an attribute without a value; those that are false or undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element. */
export function h(tag: string, attributes: Attributes = {}, ...children: readonly Content[]): Markup {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) given[name] = value === true ? '' : visible(String(value));
  return { tag, attributes: given, children: flatten(children) };
}

function flatten(children: readonly Content[]): (Markup | string)[] {
  return children.flatMap((child): (Markup | string)[] => {
    if (child === false || child === null || child === undefined) return [];
    if (typeof child === 'string' || typeof child === 'number') return [visible(String(child))];
    return isList(child) ? flatten(child) : [child];
  });
}

const isList = (content: Markup | readonly Content[]): content is readonly Content[] => Array.isArray(content);

/**
 * A text in which every character can be seen: invisible ones, except line ends and tabs, are written by their number.
 */
export const visible = (text: string): string => text.replace(/[^\n\t -~]/gu, escapeCharacter);

/** Elements without an end tag. */
const empty: ReadonlySet<string> = new Set(['br', 'hr', 'input', 'link', 'meta']);

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);

/** Markup as the text of an HTML page. */
export function toHtml(markup: Markup | string): string {
  if (typeof markup === 'string') return escapeText(markup);
  const { tag, attributes, children } = markup;
  const given = Object.entries(attributes).map(([name, value]) =>
    value === '' ? ` ${name}` : ` ${name}="${escapeText(value)}"`,
  );
  const start = `<${tag}${given.join('')}>`;
  return empty.has(tag) ? start : `${start}${children.map(toHtml).join('')}</${tag}>`;
}
