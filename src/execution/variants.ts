import { bestEffort, twoPhase } from './best-effort.js';
import type { Semantics } from './execution.js';
import { figure6 } from './figure6.js';
import { tagged } from './tagged.js';
import type { Variant } from './variant.js';

/** The variant of the rules that `--semantics` names. */
export const variants: Readonly<Record<Semantics, Variant>> = {
  figure6,
  tagged,
  'two-phase': twoPhase,
  'best-effort': bestEffort,
};
