import { count } from '../count.js';
import { titleOfCheck, worstStatus } from '../result/checks.js';
import type { Result, ShownCheck, ShownTablesCheck } from '../result/result.js';
import { type Content, h, type Markup } from './markup.js';

const signs: Readonly<Record<ShownCheck['status'], string>> = { proved: '✓', holds: '✓', violated: '✕', unknown: '?' };

const statusMarkup = (status: ShownCheck['status']): Markup =>
  h('span', { class: `status ${status}` }, h('span', { 'aria-hidden': 'true' }, `${signs[status]} `), status);

/** The verdicts of one run or more: by what method each was found, within what bound, and how much was looked at. */
export function verdicts(results: readonly Result[]): Markup {
  const rows = results.flatMap((result) => {
    const checks = Object.entries(result.checks);
    return checks.map(([name, check], i) =>
      h(
        'tr',
        {},
        i === 0 &&
          h(
            'th',
            { scope: 'rowgroup', rowspan: checks.length },
            result.options.semantics,
            !result.options.controller && ', controller off',
          ),
        h('th', { scope: 'row', title: textOf(result, name) }, titleOfCheck(name)),
        h('td', {}, statusMarkup(check.status)),
        h('td', {}, method(check)),
        h('td', {}, bound(result, check)),
        h('td', { class: 'n' }, coverage(check)),
      ),
    );
  });
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Verdicts' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ['semantics', 'check', 'verdict', 'method', 'bound'].map((name) => h('th', { scope: 'col' }, name)),
          h('th', { scope: 'col', class: 'n' }, 'states visited'),
        ),
      ),
      h('tbody', {}, rows),
    ),
  );
}

/** A check, or the verdict on the tables. */
type Shown = ShownCheck | ShownTablesCheck;

function method(check: Shown): Content {
  const { status, counterexample, why } = check;
  if ('obligations' in check && status === 'proved') return `${count(check.obligations, 'claim')} proved by Z3`;
  switch (status) {
    case 'proved':
      return `proof by Z3${crossChecked(check)}`;
    case 'holds':
      return howItHolds(check);
    case 'violated':
      if (counterexample?.inState) {
        const { host, state } = counterexample.inState;
        return [h('b', {}, counterexample.kind), `: a packet of ${host} in state [${state.join(', ')}]`];
      }
      return counterexample
        ? [h('b', {}, counterexample.kind), `: an execution of ${count(counterexample.steps.length, 'step')}`]
        : 'a counterexample';
    case 'unknown':
      return why ?? 'a limit was met';
  }
}

function howItHolds(check: Shown): string {
  const { trees, always, vacuous }: Partial<ShownCheck> = { ...check };
  const how =
    trees !== undefined
      ? 'every tree looked at'
      : always
        ? 'no packet can break it in any configuration'
        : 'every execution explored';
  return vacuous ? `${how}; vacuously: nothing ever satisfies what it is about` : how;
}

/** What a property says. */
const textOf = ({ properties }: Result, check: string): string | undefined =>
  properties?.find(({ name }) => check === `property.${name}`)?.text;

/** How far a cross-check came that has not come to its end. */
function crossChecked(check: Shown): string {
  const { crossCheck } = { crossCheck: undefined, ...check };
  if (!crossCheck || crossCheck.complete) return '';
  const { packets } = crossCheck;
  return `, cross-checked ${packets === null ? 'in part' : `up to ${count(packets, 'packet')}`}`;
}

function bound({ options, nes }: Result, check: Shown): string {
  if ('obligations' in check) return 'all packets, in all states';
  const { status, limit, trees, always } = check;
  if (status === 'proved') return 'any number of packets';
  if (trees !== undefined || always) return 'all packets';
  const unrolled = nes?.bound == null ? '' : `, loops unrolled to paths of ${nes.bound}`;
  return `up to ${count(options.packets, 'packet')}${unrolled}${limit === undefined ? '' : ` (${limit})`}`;
}

const coverage = (check: Shown): string =>
  'states' in check && typeof check.states === 'number' ? check.states.toLocaleString('en') : '–';

/** One run in a few words: what holds, or what is broken. */
export function summary(result: Result): Content {
  const { options, rejected, checks } = result;
  if (rejected) return h('span', { class: 'status rejected' }, `✕ rejected: ${rejected.code}`);
  const worst = worstStatus(result);
  // What is violated or unknown is named; what holds is all there is.
  const isKept = worst === 'holds' || worst === 'proved';
  const named = Object.entries(checks).filter(([, { status }]) => isKept || status === worst);
  return [
    h('b', {}, options.semantics),
    ' ',
    statusMarkup(worst),
    ` ${named.map(([name]) => titleOfCheck(name)).join(', ')}`,
  ];
}
