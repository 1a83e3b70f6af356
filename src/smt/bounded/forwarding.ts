import { allOf, and, anyOf, equal, implies, not, type Term, yes } from '../solver/term.js';
import { meet } from './hops.js';
import type { PossibleStep, Steps } from './steps.js';

/** What becomes of copies, as terms over the packets' headers and the event-sets by which steps are taken. */
export interface Forwarding {
  /** `headers(step)[field][value]`: whether the copy that a SW takes has that value. */
  readonly headers: (step: PossibleStep) => readonly (readonly Term[])[];
  /** For each of the copy's cases, whether its rule is the one that is applied. */
  readonly applied: (step: PossibleStep) => readonly Term[];
  /** Whether the copy that a SW takes has been sent (or, for IN, whether it is taken). */
  readonly sent: (step: PossibleStep) => Term;
}

/**
 * States which copies there are, and what each carries: the look-ups in the rules of `hops.ts`.
 * @param by whether a SW is by one of a set of event-sets, given as indices
 */
export function forwarding(steps: Steps, by: (step: PossibleStep, sets: bigint) => Term): Forwarding {
  const { script, all } = steps;
  const headers: (readonly (readonly Term[])[])[] = [];
  const positions: ((position: number | undefined) => Term)[] = [];
  const applied: (readonly Term[])[] = [];
  const sent: Term[] = [];

  const guard = (step: PossibleStep, rule: NonNullable<PossibleStep['copy']>['cases'][number]['rule']): Term => {
    const values = rule.headers.map((value, f) => (value === undefined ? yes : headers[step.id]![f]![value]!));
    return allOf([by(step, rule.by), positions[step.id]!(rule.position), ...values]);
  };

  for (const step of all) {
    const { copy, parent } = step;
    if (!copy || !parent) {
      headers.push(steps.headers[step.packet]!);
      positions.push(() => yes);
      applied.push([]);
      sent.push(step.on);
      continue;
    }
    const arrival = arrive(copy, parent);
    headers.push(arrival.headers);
    positions.push(arrival.position);
    sent.push(script.define('sent', arrival.sent));
    script.require(steps.complete ? equal(step.on, sent[step.id]!) : implies(step.on, sent[step.id]!));
    const guards = copy.cases.map(({ rule }) => guard(step, rule));
    applied.push(
      copy.cases.map(({ rule }, i) => {
        const preferred = guards.slice(0, i).filter((_, j) => meet(copy.cases[j]!.rule, rule));
        return script.define('applied', allOf([step.on, guards[i]!, ...preferred.map(not)]));
      }),
    );
    for (const rule of copy.cut) script.require(not(and(step.on, guard(step, rule))));
  }
  return {
    headers: ({ id }) => headers[id]!,
    applied: ({ id }) => applied[id]!,
    sent: ({ id }) => sent[id]!,
  };

  /** States what a copy is when it arrives, from the rules that can have sent it when its parent was taken. */
  function arrive(copy: NonNullable<PossibleStep['copy']>, parent: PossibleStep) {
    const before = headers[parent.id]!;
    if (!parent.copy) return { headers: before, position: () => yes, sent: parent.on };
    const ways = parent.copy.cases.flatMap(({ rule, next }, i) =>
      next.flatMap((child, o) => (child === copy ? [{ when: applied[parent.id]![i]!, output: rule.outputs[o]! }] : [])),
    );
    const after = before.map((values, f) => {
      const setting = ways.map(({ when, output }) => ({ when, set: output.sets.find(([field]) => field === f)?.[1] }));
      if (setting.every(({ set }) => set === undefined)) return values;
      return values.map((value, v) =>
        script.define(
          'value',
          anyOf(setting.map(({ when, set }) => and(when, set === undefined ? value : set === v ? yes : 'false'))),
        ),
      );
    });
    const isIn = new Map(
      copy.positions.map((q) => {
        const reaching = ways.filter(({ output }) => output.position === q);
        return [
          q,
          reaching.length === ways.length ? yes : script.define('position', anyOf(reaching.map(({ when }) => when))),
        ];
      }),
    );
    const position = (q: number | undefined): Term => (q === undefined ? yes : (isIn.get(q) ?? 'false'));
    return { headers: after, position, sent: anyOf(ways.map(({ when }) => when)) };
  }
}
