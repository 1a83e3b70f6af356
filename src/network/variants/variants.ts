import type { Semantics } from '../../execution/execution.js';
import type { Knowledge } from '../knowledge.js';
import { bestEffort } from './best-effort.js';
import { figure6 } from './figure6.js';
import { tagged } from './tagged.js';
import { twoPhase } from './two-phase.js';
import type { Variant } from './variant.js';

/** The variants of the rules, by name (spec 3.1). */
export const variants: Readonly<Record<Semantics, (k: Knowledge) => Variant>> = {
  tagged,
  figure6,
  'two-phase': twoPhase,
  'best-effort': bestEffort,
};
