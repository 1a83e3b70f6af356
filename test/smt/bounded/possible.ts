import { defaultLimits } from '../../../src/base/limits.js';
import { configurationHops } from '../../../src/smt/bounded/configuration-hops.js';
import { forwarding } from '../../../src/smt/bounded/forwarding.js';
import { type BoundedScript, boundedScript } from '../../../src/smt/bounded/script.js';
import { skeleton } from '../../../src/smt/bounded/skeleton.js';
import { declareSteps, requireQueues, type Steps } from '../../../src/smt/bounded/steps.js';
import type { SolverSession } from '../../../src/smt/solver/session.js';
import { twoCopies } from '../../oracle/programs.js';
import { problemOf } from '../../search/differential.js';

/**
 * Whether two packets of `twoCopies`, of each of which two copies go from switch 1 to switch 2, can be processed in the
 * order that `state` requires.
 */
export async function isPossible(
  session: SolverSession,
  state: (text: BoundedScript, steps: Steps) => void,
): Promise<boolean> {
  const options = { semantics: 'tagged', controller: true, packets: 2, unroll: 1 } as const;
  const problem = problemOf({ source: twoCopies, ...options });
  if (typeof problem === 'string') throw new Error(problem);
  const { program, system, structure } = problem;
  const hops = configurationHops(program, system, structure, defaultLimits);
  const skeletons = program.topology.hosts.map((host) =>
    skeleton(program, host, { hops, all: 1n, mixed: false, maxHops: 5 }),
  );
  const text = boundedScript(defaultLimits);
  const steps = declareSteps(text, program, skeletons, 2, true);
  requireQueues(steps, forwarding(steps, () => 'true').sent);
  state(text, steps);
  steps.order.close();
  const reply = await session.evaluate(`(reset) (set-logic QF_FD) ${text.text()} (check-sat)`, 60_000);
  if (reply.kind !== 'text' || !/^(un)?sat/.test(reply.text)) throw new Error(JSON.stringify(reply));
  return reply.text.startsWith('sat');
}
