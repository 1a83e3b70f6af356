import type { Run } from '../execution/run.js';
import { locationOf } from './trace.js';

/** Whether `a ≺ b`, for the indices of two steps; no step is ≺ itself. */
export type HappensBefore = (a: number, b: number) => boolean;

/**
 * The switch that takes the step; undefined for CTRLRECV, which is a step of the controller, and for LINK and OUT,
 * which record nothing.
 */
function switchOf(run: Run, i: number): number | undefined {
  const { step } = run.taken[i]!;
  switch (step.rule) {
    case 'IN':
    case 'SW':
      return locationOf(step.at).switch;
    case 'CTRLSEND':
      return step.switch;
    case 'LINK':
    case 'OUT':
    case 'CTRLRECV':
      return undefined;
  }
}

/** The pairs a ≺ b for which there is no step c with a ≺ c ≺ b; these are what is drawn of ≺. */
export function coveringPairs(run: Run, controller: boolean): (readonly [number, number])[] {
  const before = happensBefore(run, controller);
  const indices = [...run.taken.keys()];
  return indices.flatMap((b) =>
    indices.slice(0, b).flatMap((a) => {
      const isDirect = before(a, b) && !indices.slice(a + 1, b).some((c) => before(a, c) && before(c, b));
      return isDirect ? [[a, b] as const] : [];
    }),
  );
}

/** Whether spec 4.1 lists `a ≺ b` itself, for two steps a < b of the execution. */
function directlyBefore(run: Run, a: number, b: number, controller: boolean): boolean {
  const earlier = run.taken[a]!;
  const later = run.taken[b]!;
  // The order of the steps at each switch: IN, SW and CTRLSEND are steps of their switch.
  const at = switchOf(run, a);
  if (at !== undefined && at === switchOf(run, b)) return true;
  // The path of each copy: IN, then SW after SW, a copy following its parent.
  if (later.took?.sentBy === a) return true;
  // In the causal specification, the steps of the controller count: the SW that told an item ≺ its CTRLRECV ≺ every
  // later CTRLSEND. (A CTRLSEND is before the later steps of its switch by the order at that switch. It is not ≺ a
  // later CTRLSEND to another switch: the controller has not heard what it has sent, and does not learn what happened
  // at a switch that it informs.)
  if (!controller) return false;
  if (later.step.rule === 'CTRLRECV') return later.step.told === a;
  return earlier.step.rule === 'CTRLRECV' && later.step.rule === 'CTRLSEND';
}

/**
 * ≺, the least partial order on steps that respects what spec 4.1 lists, as an explicit transitive closure.
 * @param controller whether the controller's steps count: only in the causal specification
 * Complexity: cubic in the number of steps.
 */
export function happensBefore(run: Run, controller: boolean): HappensBefore {
  const before: Set<number>[] = [];
  for (const b of run.taken.keys()) {
    const all = new Set<number>();
    // Every pair that spec 4.1 lists is in the order of the execution, so all steps ≺ a are known by the time that b is
    // looked at.
    for (let a = 0; a < b; a++) {
      if (!directlyBefore(run, a, b, controller)) continue;
      all.add(a);
      for (const c of before[a]!) all.add(c);
    }
    before.push(all);
  }
  return (a, b) => before[b]?.has(a) ?? false;
}
