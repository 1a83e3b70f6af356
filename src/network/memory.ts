/**
 * What a part of an exploration has numbered so far, as plain data: states are rows of such numbers, so that a search which
 * goes on another day (verbs/checkpoint.ts) needs them to mean the same then.
 */
export interface Memory {
  readonly save: () => unknown;
  /** Takes over what `save` of a part made for the same program and options has given. */
  readonly restore: (saved: unknown) => void;
}

/** Of a part that numbers in the same way every time. */
export const noMemory: Memory = { save: () => null, restore: () => undefined };

/** Of several parts together. */
export const memoryOf = (...parts: readonly Memory[]): Memory => ({
  save: () => parts.map(({ save }) => save()),
  restore: (saved) => {
    for (const [i, { restore }] of parts.entries()) restore((saved as readonly unknown[])[i]);
  },
});
