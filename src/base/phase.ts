/** In the middle of what, and of which file, something went wrong. */
export interface Phase {
  readonly doing: string;
  readonly file: string;
}

const phases = new WeakMap<object, Phase>();

const note = (error: unknown, phase: Phase): void => {
  // The innermost phase says most.
  if (typeof error === 'object' && error !== null && !phases.has(error)) phases.set(error, phase);
};

/**
 * Does some work, and notes of any error that ends it in the middle of what that was; the error itself goes on as it
 * is.
 */
export function during<Result>(phase: Phase, work: () => Result): Result {
  try {
    const result = work();
    if (result instanceof Promise)
      return result.catch((error: unknown) => {
        note(error, phase);
        throw error;
      }) as Result;
    return result;
  } catch (error) {
    note(error, phase);
    throw error;
  }
}

/**
 * The phase in which an error arose, if anybody has noted it.
 * @example
 * ```ts
 * import { phaseOf } from 'snk-verify';
 *
 * console.log(phaseOf(new Error('from elsewhere'))?.doing ?? 'not known'); // not known
 * ```
 */
export const phaseOf = (error: unknown): Phase | undefined =>
  typeof error === 'object' && error !== null ? phases.get(error) : undefined;
