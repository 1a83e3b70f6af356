/**
 * Draws choices from a list of numbers; when it has run out, the first choice. The first choice is always the simplest
 * one, so shrinking the list (shorter, smaller numbers) shrinks the program.
 */
export interface Chooser {
  readonly pick: <T>(options: readonly [T, ...T[]]) => T;
  /** `true` once in so many times, at random. */
  readonly chance: (oneIn: number) => boolean;
}

export function chooser(genes: readonly number[]): Chooser {
  let next = 0;
  const pick: Chooser['pick'] = (options) => {
    const gene = genes[next++] ?? 0;
    return options[gene % options.length]!;
  };
  return { pick, chance: (oneIn) => pick(Array.from({ length: oneIn }, (_, i) => i === oneIn - 1) as [boolean]) };
}
