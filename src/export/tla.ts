import type { Check } from '../theorems/checks.js';
import type { ExportedModel } from './model.js';
import { tlaRules } from './tla-rules.js';

/** The members of a bit mask. */
const membersOf = (mask: number): number[] => [...Array(31).keys()].filter((bit) => (mask >> bit) & 1);

const set = (items: readonly (number | string)[]): string => `{${items.join(', ')}}`;
const tuple = (items: readonly (number | string)[]): string => `<<${items.join(', ')}>>`;
const maskSet = (mask: number, shift = 0): string => set(membersOf(mask).map((bit) => bit + shift));
const record = (fields: Readonly<Record<string, string | number>>): string =>
  `[${Object.entries(fields)
    .map(([key, value]) => `${key} |-> ${value}`)
    .join(', ')}]`;

/**
 * A problem and a check as a TLA+ module, for TLC: the invariant `Inv` of `Spec` is the check. Indices into tuples are
 * from 1, as TLA+ has them: kinds, places, switches and configurations; events and labels are from 0, as everywhere.
 */
export function tla(model: ExportedModel, check: Check, moduleName: string): string {
  const { options, switches, queues, kinds, entries, eventSets, maximal, labelOf, configurations } = model;
  const events = [...labelOf.keys()];
  const labels = events.map((e) => `${e} :> ${labelOf[e]}`);
  const from1 = (n: number) => `1..${n}`;
  const definitions: readonly (readonly [string, string])[] = [
    ['Semantics', `"${options.semantics}"`],
    ['Check', `"${check.kind}"`],
    ['ControllerOn', options.controller ? 'TRUE' : 'FALSE'],
    ['Packets', String(options.packets)],
    ['Switches', from1(switches.length)],
    ['Places', from1(queues.length)],
    ['Confs', from1(configurations)],
    ['Events', set(events)],
    ['LabelOf', labels.length > 0 ? labels.join(' @@ ') : '[e \\in {} |-> 0]'],
    ['Family', set(eventSets.map(({ mask }) => maskSet(mask)))],
    ['Maximal', set(maximal.map((mask) => maskSet(mask)))],
    [
      'Configured',
      set(eventSets.map(({ mask, configuration }) => record({ set: maskSet(mask), conf: configuration + 1 }))),
    ],
    [
      'Kinds',
      tuple(
        kinds.map(({ queue, events, labels, hops }) =>
          record({
            place: queue + 1,
            switch: queues[queue]!.switch + 1,
            events: maskSet(events),
            labels: maskSet(labels),
            hops: tuple(
              hops.map(({ exits, orders, agree }) =>
                record({
                  exits,
                  orders: tuple(orders.map((order) => tuple(order.map((kind) => kind + 1)))),
                  agree: maskSet(agree, 1),
                }),
              ),
            ),
          }),
        ),
      ),
    ],
    [
      'Entries',
      tuple(
        entries.map(({ at, kind, sameTree }) =>
          record({
            kind: kind + 1,
            place: kinds[kind]!.queue + 1,
            switch: switches.indexOf(at.switch) + 1,
            same: tuple(sameTree.map((mask) => maskSet(mask, 1))),
          }),
        ),
      ),
    ],
  ];
  return [
    `---- MODULE ${moduleName} ----`,
    'EXTENDS Naturals, Sequences, FiniteSets, TLC',
    ...definitions.map(([name, value]) => `${name} == ${value}`),
    tlaRules,
  ].join('\n');
}
