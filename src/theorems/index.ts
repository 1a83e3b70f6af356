/**
 * The definitions of spec 4 and 6, word for word, over whole runs. They are slow; the explorer's observers are checked
 * against them.
 */
export { accountOf } from './account.js';
export { judgeCausal } from './causal.js';
export { type BrokenTree, judgeConfigurations } from './configurations.js';
export { judge } from './judge.js';
export { judgeLemma3, judgeState } from './lemma3.js';
export { judgePaper } from './paper.js';
export { isPastBound } from './past-bound.js';
export { isWitness } from './property.js';
export { treesOf } from './trees.js';
export type { Judgement, Violation } from './violation.js';
