import { isProof, type SolverSession } from '../smt/solver/session.js';
import type { Checkpoint } from './checkpoint.js';
import { sha256 } from './common.js';

/**
 * A session whose proofs are kept in a checkpoint, one by one: what has been proved before it was interrupted is not
 * asked again. Of what was not proved nothing is kept, for it may depend on the time that there was.
 */
export function keepingProofs(session: SolverSession, { keeper }: Checkpoint): SolverSession {
  const proved = new Set(keeper.kept as readonly string[] | undefined);
  return {
    evaluate: async (script, timeout_ms) => {
      const known = sha256(script);
      if (proved.has(known)) return { kind: 'text', text: 'unsat\n' };
      const reply = await session.evaluate(script, timeout_ms);
      if (isProof(script, reply)) {
        proved.add(known);
        keeper.keep(() => [...proved]);
      }
      return reply;
    },
    close: session.close,
  };
}
