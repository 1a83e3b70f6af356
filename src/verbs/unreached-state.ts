import { someStates, type TransitionSystem } from '../events/transition-system.js';
import type { Program, StateVector } from '../language/program.js';
import type { Rejection } from '../report/result/result.js';

/** So many states are looked through for the nearest one. */
const maxNear = 1_000;

/**
 * Why a program is rejected of which a property speaks of a state that is never reached (spec 6.3); undefined if none
 * does.
 */
export function unreachedState(
  { properties }: Pick<Program, 'properties'>,
  system: TransitionSystem,
  file: string,
): Rejection | undefined {
  for (const { name, form, place } of properties) {
    if (form.kind !== 'inState' || form.state === 'every' || isReached(system, form.state)) continue;
    const near = nearest(form.state, someStates(system, maxNear));
    const said = `property ${name} speaks of state [${form.state}], which is never reached; the nearest that is reached is [${near}]`;
    const isHere = place.file === file;
    const { line, column } = place;
    const message = isHere ? said : `${place.file}:${line}:${column}: ${said}`;
    const diagnostic = { code: 'name', rule: 'SNK114', message: said, line, column };
    return {
      code: 'name',
      message,
      line: isHere ? line : null,
      column: isHere ? column : null,
      details: { diagnostics: [diagnostic] },
    };
  }
  return undefined;
}

/** Whether each block reaches its part of a vector, so that the product reaches it (spec 2.4). */
function isReached({ blocks, initial }: TransitionSystem, state: StateVector): boolean {
  const changing = new Set(blocks.flatMap(({ indices }) => indices));
  return (
    blocks.every(({ indices, states }) => {
      const part = String(indices.map((index) => state[index]!));
      return states.some((one) => String(one) === part);
    }) && state.every((value, index) => changing.has(index) || value === initial[index])
  );
}

/** The state that differs in the fewest components, then by the least in all. */
function nearest(state: StateVector, states: readonly StateVector[]): StateVector {
  const distance = (other: StateVector): number => {
    const differing = other.filter((value, i) => value !== state[i]).length;
    const far = other.reduce((sum, value, i) => sum + Math.abs(value - state[i]!), 0);
    return differing * 2 ** 40 + Math.min(far, 2 ** 39);
  };
  return states.reduce((best: StateVector, one) => (distance(one) < distance(best) ? one : best), states[0] ?? state);
}
