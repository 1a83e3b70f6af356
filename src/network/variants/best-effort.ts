import type { Knowledge } from '../knowledge.js';
import { twoPhase } from './two-phase.js';
import type { Variant } from './variant.js';

/** No tags, no digests: each switch forwards by the version that it was last told (spec 3.1; paper §5.1). */
export function bestEffort(k: Knowledge): Variant {
  return {
    ...twoPhase(k),
    name: 'best-effort',
    forwardsBy: 'version',
  };
}
