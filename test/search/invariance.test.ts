import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/base/limits.js';
import type { Problem } from '../../src/engines/engine.js';
import { checkLocal } from '../../src/events/conditions.js';
import type { Semantics } from '../../src/execution/execution.js';
import type { Expression } from '../../src/language/ast.js';
import { printProgram } from '../../src/language/print-program.js';
import { readProgram } from '../../src/language/read-program.js';
import { explore } from '../../src/search/explorer.js';
import { theorems } from '../../src/theorems/checks.js';
import { budget, fewest, nameOfCheck, problemOf, type Scenario } from './differential.js';
import { arbitraryScenario } from './oracle.js';
import { verdictsOf } from './verdicts.js';

/** Few enough states that many programs can be run several times. */
const few = { ...budget, maxStates: 20_000 };

/** The problem of a scenario with something to say: it is accepted (locality aside), and has events. */
function interestingProblem(scenario: Scenario): Problem | undefined {
  const problem = problemOf(scenario);
  return typeof problem !== 'string' && problem.structure.events.length > 0 ? problem : undefined;
}
const interesting = arbitraryScenario(fc.constantFrom(1, 2)).filter((s) => interestingProblem(s) !== undefined);

const verdicts = (scenario: Scenario): string => {
  const problem = problemOf(scenario);
  return typeof problem === 'string' ? problem : verdictsOf(problem, few);
};

/** The expression with the operands of every union turned round. */
function reversed(expression: Expression): Expression {
  switch (expression.kind) {
    case 'and':
    case 'or':
    case 'sequence':
      return { ...expression, operands: expression.operands.map(reversed) };
    case 'union':
      return { ...expression, operands: expression.operands.map(reversed).reverse() };
    case 'star':
    case 'not':
      return { ...expression, body: reversed(expression.body) };
    default:
      return expression;
  }
}

const settings = { numRuns: 60, seed: 1 };

describe('verdicts', () => {
  it('do not depend on the order of the operands of +', () => {
    fc.assert(
      fc.property(interesting, (scenario) => {
        const problem = interestingProblem(scenario)!;
        const reading = readProgram(scenario.source, 'random.snk');
        if (!reading.ok) throw new Error('a program that was read before');
        const source = printProgram({ ...reading.ast, policy: reversed(reading.ast.policy) });
        expect(verdicts({ ...scenario, source })).toBe(verdictsOf(problem, few));
      }),
      settings,
    );
  });

  it('do not depend on which of two paths with the same events is found first', () => {
    // After one event the state is [0,1] or [1,0]. Their trees are equal, but in [0,1] packets of H2 are at two places
    // of the policy when they cross, of which switch 1, if it knows of no event, makes two copies: g must not be either
    // (spec 2.2).
    const inOrder = (first: number, second: number) => `
      host H1 @ 1:2; host H2 @ 2:2; link 2:1 -> 1:1; field vlan_id in {0, 1}; state [0,0];
      policy
        sw=2 & pt=2; pt<-1; ( state(${first})=0; (2:1)->(1:1)-><state(${first})<-1>
          + state(${second})=0; (2:1)->(1:1)-><state(${second})<-1> + state=[1,1]; (2:1)->(1:1) ); vlan_id<-1; pt<-2
      + sw=2 & pt=2; state(1)=1; pt<-1; (2:1)->(1:1); (state(1)=1; vlan_id<-1 + state(1)=0; vlan_id<-0); pt<-2`;
    for (const semantics of ['tagged', 'figure6', 'two-phase', 'best-effort'] as const) {
      const verdict = (source: string) => verdicts({ source, semantics, controller: true, packets: 2, unroll: 4 });
      expect(verdict(inOrder(1, 0)), semantics).toBe(verdict(inOrder(0, 1)));
    }
  });

  it('do not depend on a field that no test looks at', () => {
    fc.assert(
      fc.property(interesting, (scenario) => {
        const problem = interestingProblem(scenario)!;
        const source = `field tcp_src in {1, 2};\n${scenario.source}`;
        expect(verdicts({ ...scenario, source })).toBe(verdictsOf(problem, few));
      }),
      settings,
    );
  });

  it('stay violated, by the same number of packets and steps, when more packets may enter', () => {
    let violated = 0;
    fc.assert(
      fc.property(interesting, (scenario) => {
        const problem = interestingProblem(scenario)!;
        for (const check of Object.values(nameOfCheck)) {
          const verdict = explore(problem, theorems[check], few);
          if (verdict.status !== 'violated') continue;
          violated++;
          const { options } = problem;
          const more = explore(
            { ...problem, options: { ...options, packets: options.packets + 1 } },
            theorems[check],
            few,
          );
          // With more packets to come less can be left out, so that they may be too many states.
          if (more.status === 'unknown' && more.limit === 'max-states') continue;
          expect(more.status).toBe('violated');
          expect(fewest(more)).toBe(fewest(verdict));
          expect(more).toHaveProperty('counterexample.steps.length', verdict.counterexample.steps.length);
        }
      }),
      { ...settings, numRuns: 150 },
    );
    expect(violated).toBeGreaterThan(20);
  });
});

it('tagged keeps Lemma 3, every E_n an event-set, and Theorem 1 in the causal reading, whatever is accepted (spec 5)', () => {
  let held = 0;
  fc.assert(
    fc.property(interesting, fc.boolean(), (scenario, controller) => {
      const semantics: Semantics = 'tagged';
      const problem = problemOf({ ...scenario, semantics, controller });
      if (typeof problem === 'string' || checkLocal(problem.structure, defaultLimits)) return;
      // With loops, completeness is checked within the bound only (spec 2.5): what is accepted need not be complete.
      if (problem.structure.bound !== null) return;
      for (const check of ['lemma3', 'theorem1.causal'] as const) {
        const { status } = explore(problem, theorems[check], few);
        expect(status).not.toBe('violated');
        if (status === 'holds') held++;
      }
    }),
    { ...settings, numRuns: 200 },
  );
  expect(held).toBeGreaterThan(150);
});
