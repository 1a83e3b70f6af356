import type { StatefulAtom, StateVector } from '../../src/language/program.js';
import type { Field, Headers } from '../../src/netkat/fields.js';
import type { Policy } from '../../src/netkat/policy.js';
import { packetsOf } from './stateful.js';

/** A conjunction of literals, each a text such as `0=2` or `1!0`; sorted, without repetition. */
export type Conjunction = readonly string[];

/** `(φ, s2, p2), k'` and the link occurrence, as text: `0=2 & 1!0 @2:1 -> 1,0 by 3`. */
export type EdgeText = string;

interface Result {
  readonly edges: ReadonlySet<EdgeText>;
  /** The formulas, by their text. */
  readonly formulas: ReadonlyMap<string, Conjunction>;
}

/** `⟨p⟩k φ`, the table of spec 1.5 row by row (paper Figure 3): the slow and literal reading of it. */
export function extract(
  policy: Policy<StatefulAtom>,
  fields: readonly Field[],
  state: StateVector,
  formula: Conjunction,
): Result {
  switch (policy.kind) {
    case 'atom':
      return extractAtom(policy.atom, fields, state, formula);
    case 'union':
      return all(policy.parts.map((part) => extract(part, fields, state, formula)));
    case 'sequence':
      return policy.parts.reduce<Result>(
        (before, part) => then(before, (φ) => extract(part, fields, state, φ)),
        passes(formula),
      );
    case 'star': {
      let rounds = passes(formula);
      let last = rounds;
      for (;;) {
        last = then(last, (φ) => extract(policy.body, fields, state, φ));
        const more = all([rounds, last]);
        if (more.edges.size === rounds.edges.size && more.formulas.size === rounds.formulas.size) return rounds;
        rounds = more;
      }
    }
  }
}

function extractAtom(atom: StatefulAtom, fields: readonly Field[], state: StateVector, formula: Conjunction): Result {
  switch (atom.kind) {
    case 'test':
      return satisfiable(fields, [...formula, `${atom.field}${atom.equal ? '=' : '!'}${atom.value}`]);
    case 'assign': {
      const others = formula.filter((literal) => !literal.startsWith(String(atom.field)));
      return satisfiable(fields, [...others, `${atom.field}=${atom.value}`]);
    }
    case 'testState':
      return (state[atom.component] === atom.value) === atom.equal ? passes(formula) : nothing;
    case 'stateLink': {
      const next = [...state];
      for (const { component, value } of atom.assignments) next[component] = value;
      if (String(next) === String(state)) return passes(formula);
      const { to, occurrence } = atom;
      const edge = `${formula.join(' & ')} @${to.switch}:${to.port} -> ${next} by ${occurrence}`;
      return { edges: new Set([edge]), formulas: passes(formula).formulas };
    }
    case 'testSwitch':
    case 'testPort':
    case 'assignPort':
    case 'link':
      return passes(formula);
  }
}

/** A formula that no packet satisfies is dropped (spec 1.5). */
function satisfiable(fields: readonly Field[], literals: Conjunction): Result {
  const formula = [...new Set(literals)].sort();
  return packetsOf(fields).some((packet) => holds(formula, packet)) ? passes(formula) : nothing;
}

/** Whether a packet satisfies a conjunction. */
export const holds = (formula: Conjunction, packet: Headers): boolean =>
  formula.every((literal) => {
    const [, field, relation, value] = /^(\d+)([=!])(\d+)$/.exec(literal)!;
    return (packet[Number(field)] === Number(value)) === (relation === '=');
  });

const nothing: Result = { edges: new Set(), formulas: new Map() };

const passes = (formula: Conjunction): Result => ({
  edges: new Set(),
  formulas: new Map([[formula.join(' & '), formula]]),
});

const all = (results: readonly Result[]): Result => ({
  edges: new Set(results.flatMap(({ edges }) => [...edges])),
  formulas: new Map(results.flatMap(({ formulas }) => [...formulas])),
});

/**
 * Kleisli composition: the edges so far together with those of `run` on each formula; and the formulas that `run`
 * gives.
 */
function then(before: Result, run: (formula: Conjunction) => Result): Result {
  const after = all([...before.formulas.values()].map(run));
  return { edges: new Set([...before.edges, ...after.edges]), formulas: after.formulas };
}
