/**
 * What a part of an exploration has numbered so far, as plain data: states are rows of such numbers, so that a search
 * which goes on another day (verbs/checkpoint.ts) needs them to mean the same then.
 */
export interface Memory {
  readonly save: () => unknown;
  /** Takes over what `save` has returned, in a part made for the same program and options. */
  readonly restore: (saved: unknown) => void;
}

/** The memory of a part that gives the same numbers every time, so that nothing need be kept. */
export const noMemory: Memory = { save: () => null, restore: () => undefined };

/** The memory of several parts together. */
export const memoryOf = (...parts: readonly Memory[]): Memory => ({
  save: () => parts.map(({ save }) => save()),
  restore: (saved) => {
    for (const [i, { restore }] of parts.entries()) restore((saved as readonly unknown[])[i]);
  },
});
