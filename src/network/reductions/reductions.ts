import { assertArguments, textOption } from '../../base/taken.js';

/**
 * What makes an exploration visit fewer states without changing a verdict, the fewest packets or the fewest steps
 * (`--reduce`). Each is argued where it is done:
 * - `packets`: one packet for all that behave alike, `packet-classes.ts`;
 * - `partial-order`: one order of steps that commute, `merged-links.ts` and `lazy-controller.ts`;
 * - `history`: forgetting what is done with, `covered-items.ts`, `lazy-controller.ts` (versions), `theorem1.ts`
 *   (packets);
 * - `knowledge`: forgetting who has heard what, where nobody looks at it, `carried-once.ts`, `common-knowledge.ts`,
 *   `listeners.ts`;
 * - `symmetry`: states that differ in names only, `symmetry.ts`.
 * Without any, every header over the domains enters, and every step of the rules is a step.
 */
export const reductionNames = ['packets', 'partial-order', 'history', 'knowledge', 'symmetry'] as const;
export type Reduction = (typeof reductionNames)[number];
export type Reductions = ReadonlySet<Reduction>;

export const allReductions: Reductions = new Set(reductionNames);
export const noReductions: Reductions = new Set();

/** As `--reduce` takes it: `all`, `none`, or names with commas between them, in the order above. */
export const showReductions = (reductions: Reductions): string => {
  if (reductions.size === reductionNames.length) return 'all';
  return reductions.size === 0 ? 'none' : reductionNames.filter((name) => reductions.has(name)).join();
};

/**
 * The inverse of `showReductions`, for names in any order; undefined if one of them names no reduction.
 * @example
 * ```ts
 * import { readReductions } from 'snk-verify';
 *
 * console.log(readReductions('packets,symmetry')?.size); // 2
 * console.log(readReductions('sleep')); // undefined
 * ```
 */
export function readReductions(text: string): Reductions | undefined {
  assertArguments('readReductions', { text: [text, textOption] });
  if (text === 'all') return allReductions;
  if (text === 'none') return noReductions;
  const wanted = text.split(',').map((one) => reductionNames.find((name) => name === one.trim()));
  return wanted.includes(undefined) ? undefined : new Set(wanted as Reduction[]);
}
