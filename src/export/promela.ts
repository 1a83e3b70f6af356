import { greatest } from '../base/extremes.js';
import type { Semantics } from '../execution/semantics.js';
import type { Check, CheckKind } from '../theorems/checks.js';
import type { ExportedModel, Kind } from './model.js';
import { promelaRules } from './promela-rules.js';

const checks: Readonly<Record<CheckKind, string>> = {
  lemma3: 'LEMMA3',
  'theorem1.paper': 'PAPER',
  'theorem1.causal': 'CAUSAL',
};

const semantics: Readonly<Record<Semantics, string>> = {
  tagged: 'TAGGED',
  figure6: 'FIGURE6',
  'two-phase': 'TWO_PHASE',
  'best-effort': 'BEST_EFFORT',
};

/**
 * The most items that Q may hold at once: with more, the model stops with a failed assertion on `ITEMS`. R has one
 * version more than this.
 */
const maxItems = 12;

/**
 * A problem and a check in Promela, for SPIN: `spin -run -safety -E -m1000000 FILE`. A failed assertion is a violation,
 * which `spin -t -T FILE` shows as lines `SNK …` (`trail.ts` reads them). `-DSEMANTICS=… -DCHECK=…` choose another of
 * the semantics and checks that are listed at its top.
 */
export function promela(model: ExportedModel, check: Check, name: string): string {
  const { options, switches, queues, kinds, entries, eventSets, maximal, labelOf, configurations, copies } = model;
  const { packets } = options;
  const all = (mask: string) => maximal.map((set) => `((${mask}) & ~${set}) == 0`).join(' || ');
  const enabled = eventSets
    .filter(({ mask }) => mask !== 0)
    .map(({ mask }) => `(((${mask} >> (E)) & 1) && (${mask} & ~((X) | (1 << (E)))) == 0)`);
  const g = eventSets.reduceRight((rest, s) => `((X) == ${s.mask} -> ${s.configuration} : ${rest})`, 'UNDEFINED');
  const hops = kinds.flatMap((kind) => kind.hops);
  const firsts: number[] = [];
  const moves: number[] = [];
  for (const { orders } of hops) {
    firsts.push(moves.length);
    for (const one of orders.flat()) moves.push(one);
  }
  const constants: readonly (readonly [string, string | number])[] = [
    ['CONTROLLER_ON', options.controller ? 1 : 0],
    ['PACKETS', packets],
    ['SWITCHES', switches.length],
    ['EVENTS', Math.max(1, labelOf.length)],
    ['LABELS', greatest(labelOf, 0) + 1],
    ['CONFIGURATIONS', configurations],
    ['UNDEFINED', configurations],
    ['ENTRIES', entries.length],
    ['FAMILY', eventSets.length],
    ['COPIES', Math.max(1, packets * copies)],
    ['ITEMS', maxItems],
    ['VERSIONS', maxItems + 1],
    ['ALL', 2 ** labelOf.length - 1],
    ['ANYONE', switches.length],
    ['CONTROLLER', switches.length + 1],
    ['NOONE', switches.length + 2],
    ['ITEMS_ARE_SETS', '(SEMANTICS == TAGGED || SEMANTICS == FIGURE6)'],
    ['SET', labelOf.length < 8 ? 'byte' : labelOf.length < 16 ? 'short' : 'int'],
    ['KIND', kinds.length < 256 ? 'byte' : 'short'],
    ['CON(X)', `(${all('X')})`],
    ['ENABLES(X, E)', `(CON(X) && (${enabled.join(' || ') || 'false'}))`],
    ['G(X)', g],
  ];
  const tables: readonly (readonly [string, readonly number[]])[] = [
    ['queueSwitch', queues.map((queue) => queue.switch)],
    ['eventLabel', labelOf],
    ['family', eventSets.map(({ mask }) => mask)],
    ['familyG', eventSets.map(({ configuration }) => configuration)],
    ['entryKind', entries.map(({ kind }) => kind)],
    ['entrySwitch', entries.map(({ at }) => switches.indexOf(at.switch))],
    ['sameTree', entries.flatMap(({ sameTree }) => sameTree)],
    ...(['queue', 'events', 'labels'] as const).map(
      (key: Exclude<keyof Kind, 'hops'>) =>
        [`kind${key[0]!.toUpperCase()}${key.slice(1)}`, kinds.map((kind) => kind[key])] as const,
    ),
    ['hopExits', hops.map(({ exits }) => exits)],
    ['hopAgree', hops.map(({ agree }) => agree)],
    ['hopOrders', hops.map(({ orders }) => orders.length)],
    ['hopMoves', hops.map(({ orders }) => orders[0]!.length)],
    ['hopFirst', firsts],
    ['moves', moves],
  ];
  return [
    `/* ${name.replaceAll('*/', '* /')}: Stateful NetKAT, written by snk-verify export. */`,
    ...Object.values(semantics).map((text, i) => `#define ${text} ${i}`),
    ...Object.values(checks).map((text, i) => `#define ${text} ${i}`),
    ...[
      ['SEMANTICS', semantics[options.semantics]],
      ['CHECK', checks[check.kind]],
    ].map(([macro, value]) => `#ifndef ${macro}\n#define ${macro} ${value}\n#endif`),
    ...constants.map(([macro, value]) => `#define ${macro} ${value}`),
    ...tables.map(([table, values]) => arrayOf(table, values)),
    promelaRules,
  ].join('\n');
}

/** A table that is no part of the state. Promela has no empty arrays. */
function arrayOf(name: string, values: readonly number[]): string {
  const items = values.length > 0 ? values : [0];
  return `hidden int ${name}[${items.length}] = { ${items.join(', ')} };`;
}
