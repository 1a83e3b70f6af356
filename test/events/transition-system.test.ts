import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLimits, LimitReached } from '../../src/base/limits.js';
import type { Formula } from '../../src/events/formula.js';
import { showFormula } from '../../src/events/formula.js';
import { type TransitionSystem, transitionSystem } from '../../src/events/transition-system.js';
import type { Program } from '../../src/language/program.js';
import { compareLocations } from '../../src/netkat/topology.js';
import { arbitrarySpellings, arbitraryTerm, arbitraryWritten } from './arbitrary-program.js';
import { onlyBlock } from './arbitrary-system.js';
import { labelOf, type NaiveSystem, naive } from './naive-system.js';

const literalsOf = (formula: Formula): string[] => formula.map((l) => `${l.field}${l.equal ? '=' : '!'}${l.value}`);

const named = (program: Program, { labels }: TransitionSystem): string[] =>
  labels.map(({ formula, at }) => labelOf(program, literalsOf(formula), `${at.switch}:${at.port}`));

const formulaOf = (literals: readonly string[]): Formula =>
  literals.map((text) => {
    const [, field, relation, value] = /^(\d+)([=!])(\d+)$/.exec(text)!;
    return { field: Number(field), equal: relation === '=', value: Number(value) };
  });

describe.each([
  ['any policy', arbitraryTerm],
  ['programs as they are written', arbitraryWritten],
  ['labels with many spellings', arbitrarySpellings],
] as const)('ETS(p) against the literal reading (spec 1.5): %s', (_, programs) => {
  const check = (property: (program: Program, system: TransitionSystem, expected: NaiveSystem) => void) =>
    fc.assert(
      fc.property(programs, (program) =>
        property(program, transitionSystem(program, defaultLimits, true), naive(program)),
      ),
      { numRuns: 80 },
    );

  test('StatesAreTheReachableOnes: the initial one first, then by distance', () => {
    check((program, { states, configurations }, { distances }) => {
      expect(String(states[0])).toBe(String(program.initial));
      expect(new Set(states.map(String))).toEqual(new Set(distances.keys()));
      expect(states).toHaveLength(distances.size);
      expect(configurations).toHaveLength(distances.size);
      const order = states.map((state) => distances.get(String(state))!);
      expect(order).toEqual([...order].sort((a, b) => a - b));
    });
  });

  test('EdgesAreThoseOfFigure3: labelled by satisfying packets and place, with the links that make them', () => {
    check((program, system, { edges }) => {
      const labels = named(program, system);
      expect(new Set(labels).size).toBe(labels.length);
      const key = (from: string, label: string, to: string) => `${from} ${label} ${to}`;
      const expected = new Map<string, Set<number>>();
      for (const { from, label, to, occurrence } of edges) {
        const k = key(from, label, to);
        expected.set(k, (expected.get(k) ?? new Set()).add(occurrence));
      }
      const own = onlyBlock(system).edges;
      const found = own.map(({ from, label, to, occurrences }) => {
        const [a, b] = [from, to].map((state) => String(system.states[state]));
        return [key(a!, labels[label]!, b!), new Set(occurrences)] as const;
      });
      expect(new Map(found)).toEqual(expected);
      expect(found).toHaveLength(expected.size);
      for (const { from, to } of own) expect(from).not.toBe(to);
    });
  });

  test('LabelsAreInEventOrder: distance, place, text; each in its shortest, then first, spelling', () => {
    check((program, system, { distances, edges }) => {
      const labels = named(program, system);
      for (const [i, label] of system.labels.entries()) {
        const own = edges.filter((edge) => edge.label === labels[i]);
        expect(label.distance).toBe(Math.min(...own.map(({ from }) => distances.get(from)!)));
        const spellings = own.map(({ literals }) => {
          const ordered = formulaOf(literals).toSorted(
            // Domains of these programs are in printing order.
            (a, b) => a.field - b.field || a.value - b.value || Number(b.equal) - Number(a.equal),
          );
          return showFormula(program.fields, ordered);
        });
        const shortest = Math.min(...spellings.map((text) => text.length));
        expect(label.text).toBe(spellings.filter((text) => text.length === shortest).sort()[0]);
        const before = system.labels[i - 1];
        if (!before) continue;
        const order = before.distance - label.distance || compareLocations(before.at, label.at);
        expect(order < 0 || (order === 0 && before.text < label.text)).toBe(true);
      }
    });
  });

  test('MoreStatesThanTheLimitAreAnHonestUnknown', () => {
    check((program, { states }) => {
      const limited = (n: number) => () => transitionSystem(program, { ...defaultLimits, states: n }, true);
      expect(limited(states.length)).not.toThrow();
      if (states.length > 1) expect(limited(states.length - 1)).toThrow(LimitReached);
    });
  });
});
