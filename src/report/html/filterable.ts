import { h, type Markup } from './markup.js';

/** A table, and what its filter says of it. */
export interface Filterable {
  /** Unlike those of the page's other tables. */
  readonly id: string;
  readonly name: string;
  /** Words that one may look for. */
  readonly placeholder: string;
  /** What is to be said before the table. */
  readonly hint?: string | undefined;
  readonly columns: readonly string[];
  readonly rows: readonly Markup[];
  /**
   * Whether it is as long as it is, and its rows are cards where the page is narrow: cells say what they are by
   * `data-label`.
   */
  readonly isCards?: boolean;
}

/** A long table, which scrolls, with a field that hides the rows without its words (`browser/filter.ts`). */
export function filterable({ id, name, placeholder, hint, columns, rows, isCards = false }: Filterable): Markup {
  return h(
    'div',
    {},
    h(
      'p',
      { class: 'choose' },
      h('label', { for: `${id}-filter` }, 'Show entries with'),
      h('input', { type: 'search', id: `${id}-filter`, 'data-filters': `${id}-list`, placeholder }),
      h('span', { id: `${id}-filter-found`, 'aria-live': 'polite' }, `${rows.length} entries`),
    ),
    hint !== undefined && h('p', { class: 'hint' }, hint),
    h(
      'div',
      { class: isCards ? 'scroll cards' : 'scroll tall', tabindex: 0, role: 'region', 'aria-label': name },
      h(
        'table',
        { id: `${id}-list` },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            columns.map((column) => h('th', { scope: 'col' }, column)),
          ),
        ),
        h('tbody', {}, rows),
      ),
    ),
  );
}
