import type { Which } from '../../difference/joint-fields.js';
import type { Difference, ShownHop, ShownHost, ShownLabel } from '../../difference/shown.js';
import { count } from '../count.js';
import { titles } from './document.js';

/** A difference of two states after the same events. */
export type PairDifference = Extract<Difference, { kind: 'tree' | 'event' }>;

export const isOfPair = (one: Difference): one is PairDifference => one.kind === 'tree' || one.kind === 'event';

/** What a difference is, in a sentence. */
export function sentenceOf(one: Difference): string {
  switch (one.kind) {
    case 'host':
      return `host ${one.host}: ${hostInWords(one.old, 'old')}, ${hostInWords(one.new, 'new')}`;
    case 'link':
      return `link ${one.from} -> ${one.to}: in ${titles[one.only]} alone`;
    case 'switch':
      return `switch ${one.switch}: in ${titles[one.only]} alone`;
    case 'packets':
      return `packets with ${one.field} = ${one.values.join(' or ')}: in ${titles[one.only]} alone, by the domains that are declared`;
    case 'tree':
      return `the packet ${packetOf(one)} of ${one.host} goes other ways`;
    case 'event':
      return one.overlaps
        ? `the event ${labelInWords(one.event)} of ${titles[one.only]} is not ${labelInWords(one.overlaps)} of ${titles[one.only === 'old' ? 'new' : 'old']}: the packet ${packetOf(one)} matches that of ${titles[one.matches]} alone`
        : `the event ${labelInWords(one.event)} can come next in ${titles[one.only]} alone: the packet ${packetOf(one)} matches no other that can`;
  }
}

function hostInWords(host: ShownHost | null, which: Which): string {
  if (!host) return `not in ${titles[which]}`;
  const addresses = `${host.ip === null ? '' : ` ip ${host.ip}`}${host.mac === null ? '' : ` mac ${host.mac}`}`;
  return `at ${host.at}${addresses} in ${titles[which]}`;
}

const labelInWords = ({ formula, at }: ShownLabel): string => `${formula} at ${at}`;

/** How the two programs come to a pair of states; runs of one event are counted. */
export function pathInWords({ path }: PairDifference): string {
  const runs: { name: string; times: number }[] = [];
  for (const label of path) {
    const name = labelInWords(label);
    const last = runs.at(-1);
    if (last?.name === name) last.times++;
    else runs.push({ name, times: 1 });
  }
  const named = runs.map(({ name, times }) => (times === 1 ? name : `${name} (${times} times)`));
  return named.length === 0 ? 'at the start' : `after ${named.join(', then ')}`;
}

/** The headers of a packet that matter. */
function packetOf({ headers, open }: PairDifference): string {
  const shown = Object.entries(headers).filter(([name]) => !open.includes(name));
  return shown.length === 0 ? 'with any headers' : shown.map(([name, value]) => `${name}=${value}`).join(' ');
}

/** What is said of fields that do not matter. */
export const openInWords = ({ open }: PairDifference): string =>
  open.length === 0 ? '' : `whatever ${open.join(', ')} ${open.length === 1 ? 'is' : 'are'}`;

/** A tree of hops, a line for each. */
export function hopLines(tree: ShownHop): string[] {
  const lines: string[] = [];
  const visit = (hop: ShownHop, above: ShownHop | undefined, first: string, indent: string): void => {
    lines.push(`${first}${hopInWords(hop, above)}`);
    const below = [...hop.next].sort(byPlace);
    for (const [i, child] of below.entries()) {
      const isLast = i === below.length - 1;
      visit(child, hop, `${indent}${isLast ? '`-' : '|-'} `, `${indent}${isLast ? '  ' : '| '} `);
    }
    if (hop.cut) lines.push(`${indent}\`- … and more hops than can be shown`);
    else if (hop.kind === 'hop' && below.length === 0) lines.push(`${indent}\`- dropped`);
  };
  visit(tree, undefined, '', '');
  return lines;
}

/** Children have no order of their own: trees that are alike are to look alike. */
const byPlace = (a: ShownHop, b: ShownHop): number => {
  const [x, y] = [a, b].map((hop) => `${hop.at} ${hop.kind} ${JSON.stringify(hop.headers)}`);
  return x! < y! ? -1 : 1;
};

/** Where a hop is, with the headers that are not those of the hop before. */
function hopInWords({ kind, at, host, headers }: ShownHop, above: ShownHop | undefined): string {
  const changed = Object.entries(headers).filter(([name, value]) => above?.headers[name] !== value);
  const shown = changed.map(([name, value]) => `${name}=${value}`).join(' ');
  const place = kind === 'exit' ? `out at ${at}${host === undefined ? '' : ` to ${host}`}` : at;
  return `${place}${shown === '' ? '' : `  ${shown}`}`;
}

/** The verdict on two programs that could be compared, in a sentence. */
export function verdictInWords(differences: readonly Difference[], more: number | null, pairs: number): string {
  const compared = `${count(pairs, 'pair')} of states compared`;
  if (differences.length === 0) return `the programs mean the same; ${compared}`;
  const rest = more === null ? ' and more' : ` and ${more.toLocaleString('en')} more`;
  const listed = `${count(differences.length, 'difference')}${more === 0 ? '' : `${rest} (--all lists them)`}`;
  return `${listed}; ${compared}`;
}
