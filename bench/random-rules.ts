import { randomFrom } from '../src/compiler/assign-tags.js';
import type { Column } from '../src/compiler/cubes.js';

/**
 * The paper's random experiment (§5.3, Figure 13): 64 configurations of 20 rules each. The paper does not say how they
 * are drawn; here each configuration draws its rules without repetition, uniformly, from a pool of so many. Small pools
 * have much in common, large ones little. Any packet may arrive anywhere, so no rule is a don't-care for any
 * configuration.
 */
export function randomRules(seed: number, pool: number, eventSets = 64, rules = 20): Column[] {
  const random = randomFrom(seed);
  const uses = Array.from({ length: eventSets }, () => {
    const left = Array.from({ length: pool }, (_, rule) => rule);
    return new Set(Array.from({ length: rules }, () => left.splice(Math.floor(random() * left.length), 1)[0]!));
  });
  return Array.from({ length: pool }, (_, rule) => {
    const all = uses.map((used, set) => ({ set, uses: used.has(rule) }));
    const on = all.filter((one) => one.uses).map(({ set }) => set);
    return { on, off: all.filter((one) => !one.uses).map(({ set }) => set), weight: 1 };
  }).filter(({ on }) => on.length > 0);
}
