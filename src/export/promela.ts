import { greatest } from '../base/extremes.js';
import type { Semantics } from '../execution/semantics.js';
import type { TheoremCheck, TheoremName } from '../theorems/checks.js';
import type { ExportedModel, Kind } from './model.js';
import { promelaGuards, promelaProcess } from './promela-process.js';
import { promelaRules } from './promela-rules.js';
import { promelaState } from './promela-state.js';
import { type Room, roomFor, widest } from './rooms.js';

const checks: Readonly<Record<TheoremName, string>> = {
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
 * A problem and a check in Promela, for SPIN: `spin -run -safety -E FILE`. A failed assertion is a violation,
 * which `spin -t -T FILE` shows as lines `SNK …` (`trail.ts` reads them). `-DSEMANTICS=… -DCHECK=…` choose another of
 * the semantics and checks that are listed at its top.
 */
export function promela(model: ExportedModel, check: TheoremCheck, name: string): string {
  const { options, switches, queues, kinds, entries, eventSets, maximal, labelOf, configurations } = model;
  const { packets } = options;
  const inMaximal = (mask: string) => maximal.map((set) => `((${mask}) & ~${set}) == 0`).join(' || ');
  const enabled = eventSets
    .filter(({ mask }) => mask !== 0)
    .map(({ mask }) => `(((${mask} >> (E)) & 1) && (${mask} & ~((X) | (1 << (E)))) == 0)`);
  const g = eventSets.reduceRight((rest, s) => `((X) == ${s.mask} -> ${s.configuration} : ${rest})`, 'UNDEFINED');
  const hops = kinds.flatMap((kind) => kind.hops);
  const hasOrders = hops.some(({ orders }) => orders.length > 1);
  const rooms = semanticsNames.map((name) => roomFor(model, name));
  const all = widest(rooms);
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
    ['VERSIONS', '(ITEMS + 1)'],
    ['ALL', 2 ** labelOf.length - 1],
    ['ANYONE', switches.length],
    ['CONTROLLER', switches.length + 1],
    ['NOONE', switches.length + 2],
    ['ITEMS_ARE_SETS', '(SEMANTICS == TAGGED || SEMANTICS == FIGURE6)'],
    ['SET', typeOf(labelOf.length)],
    ['ITEM', typeOf(Math.max(labelOf.length, bitsOf(greatest(labelOf, 0))))],
    ['KIND', typeOf(bitsOf(kinds.length))],
    ['TREES', typeOf(configurations)],
    ['PICK', typeOf(bitsOf(Math.max(entries.length, all.copies, switches.length * (all.items + 1))))],
    ['CON(X)', `(${inMaximal('X')})`],
    ['ENABLES(X, E)', `(CON(X) && (${enabled.join(' || ') || 'false'}))`],
    ['G(X)', g],
    ['PROCESSED_BY(c)', '(SEMANTICS == BEST_EFFORT -> G(eventSet[kindSwitch[kind[c]]]) : tag[c])'],
    ['ORDERS(c)', hasOrders ? 'hopOrders[kind[c] * CONFIGURATIONS + PROCESSED_BY(c)]' : 1],
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
    ['kindSwitch', kinds.map(({ queue }) => queues[queue]!.switch)],
    ['hopExits', hops.map(({ exits }) => exits)],
    ['hopAgree', hops.map(({ agree }) => agree)],
    ['hopOrders', hops.map(({ orders }) => orders.length)],
    ['hopMoves', hops.map(({ orders }) => orders[0]!.length)],
    ['hopFirst', firsts],
    ['moves', moves],
  ];
  return [
    `/* ${name.replaceAll('*/', '* /')}: Stateful NetKAT, written by snk-verify export. */`,
    // From 1 on: what the preprocessor does not know is 0 to it, and so none of these.
    ...Object.values(semantics).map((text, i) => `#define ${text} ${i + 1}`),
    ...Object.values(checks).map((text, i) => `#define ${text} ${i + 1}`),
    ...[
      ['SEMANTICS', semantics[options.semantics]],
      ['CHECK', checks[check.kind]],
    ].map(([macro, value]) => `#ifndef ${macro}\n#define ${macro} ${value}\n#endif`),
    ...constants.map(([macro, value]) => `#define ${macro} ${value}`),
    ...semanticsNames.flatMap((name, i) => [
      `#${i === 0 ? 'if' : 'elif'} SEMANTICS == ${semantics[name]}`,
      ...roomOf(rooms[i]!),
    ]),
    '#else',
    ...roomOf(all),
    '#endif',
    ...tables.map(([table, values]) => arrayOf(table, values)),
    promelaState,
    promelaGuards(model),
    promelaRules,
    promelaProcess(model, all),
  ].join('\n');
}

const semanticsNames = Object.keys(semantics) as readonly Semantics[];

const roomOf = ({ copies, items, steps }: Room): string[] => [
  `#define COPIES ${copies}`,
  `#define ITEMS ${items}`,
  `#define STEPS ${typeOf(steps)}`,
];

/** The number of bits that a number needs. */
const bitsOf = (number: number): number => number.toString(2).length;

/** The smallest type that holds so many bits; Promela's `short` has a sign. */
const typeOf = (bits: number): string => (bits <= 1 ? 'bit' : bits <= 8 ? 'byte' : bits <= 15 ? 'short' : 'int');

/** A table that is no part of the state. Promela has no empty arrays. */
function arrayOf(name: string, values: readonly number[]): string {
  const items = values.length > 0 ? values : [0];
  return `hidden int ${name}[${items.length}] = { ${items.join(', ')} };`;
}
