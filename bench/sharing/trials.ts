import { pairedTags, searchedTags, trieRules } from '../../src/compiler/assign-tags.js';
import { coverBy, rulesWith, tagWidth } from '../../src/compiler/cubes.js';
import { randomRules } from '../random-rules.js';

export const steps = 3_000;

const eventSets = 64;
/** Rules without sharing. */
export const all = eventSets * 20;

/** Rules that are left, of `all`: by the paper's heuristic, by our rules for its tags, and by our tags. */
export interface Trial {
  readonly paper: number;
  readonly cubes: number;
  readonly searched: number;
}

/** What a trial took: the search, as a multiple of the paper's heuristic. */
export interface Timed {
  readonly trial: Trial;
  readonly searchTime: number;
}

/** One trial: the same for the same seed, but for the time. */
export function runTrial(seed: number, trial: number, pool: number): Timed {
  const columns = randomRules(seed * 1_000 + trial, pool);
  const began = performance.now();
  const paired = pairedTags(eventSets, columns);
  const between = performance.now();
  const found = searchedTags(eventSets, columns, steps);
  const searchTime = (performance.now() - between) / (between - began);
  const ours = (codes: readonly number[]) =>
    rulesWith(codes, tagWidth(eventSets), columns, (...given) => coverBy(...given).length);
  return { trial: { paper: trieRules(paired, columns), cubes: ours(paired), searched: ours(found) }, searchTime };
}

export const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
export const percent = (x: number): string => `${(100 * x).toFixed(1).padStart(5)} %`;

/** The share of rules that is saved. */
export const saved = (rules: number): number => 1 - rules / all;
export const meanSaved = (trials: readonly Trial[], of: keyof Trial): number => mean(trials.map((t) => saved(t[of])));
