import { afterAll, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../src/base/limits.js';
import { configurationHops } from '../../../src/smt/bounded/configuration-hops.js';
import { watch } from '../../../src/smt/bounded/history.js';
import { network } from '../../../src/smt/bounded/network.js';
import { boundedScript } from '../../../src/smt/bounded/script.js';
import { skeleton } from '../../../src/smt/bounded/skeleton.js';
import { before, type PossibleStep } from '../../../src/smt/bounded/steps.js';
import { openSession } from '../../../src/smt/solver/session.js';
import { and } from '../../../src/smt/solver/term.js';
import { theorems } from '../../../src/theorems/checks.js';
import { twoCopies } from '../../oracle/programs.js';
import { problemOf } from '../../search/differential.js';

const session = openSession();
afterAll(session.close);

/**
 * Whether packet 0 can be over before the last SW of packet 1, which has or has not the last SW of packet 0 before it.
 */
async function canBeOver(isLater: boolean): Promise<boolean> {
  const problem = problemOf({ source: twoCopies, semantics: 'figure6', controller: false, packets: 2, unroll: 1 });
  if (typeof problem === 'string') throw new Error(problem);
  const { program, system, structure } = problem;
  const hops = configurationHops(program, system, structure, defaultLimits);
  const skeletons = program.topology.hosts.map((host) =>
    skeleton(program, host, { hops, all: 1n, mixed: false, maxHops: 5 }),
  );
  const text = boundedScript(defaultLimits);
  const question = { problem, tables: undefined, skeletons, packets: 2, complete: true } as const;
  const net = network(text, { ...question, check: theorems['theorem1.paper'] });
  const { isWatched, isOver } = watch(net, false);
  const last = (packet: number): PossibleStep =>
    net.steps.all.findLast((step) => step.host === 0 && step.packet === packet)!;
  const [old, young] = [last(0), last(1)];
  const order = isLater ? before(net.steps, old, young) : before(net.steps, young, old);
  text.require(and(isWatched[0]!, old.on, young.on, order, isOver(young)));
  net.steps.order.close();
  const reply = await session.evaluate(`(reset) (set-logic QF_FD) ${text.text()} (check-sat)`, 60_000);
  if (reply.kind !== 'text' || !/^(un)?sat/.test(reply.text)) throw new Error(JSON.stringify(reply));
  return reply.text.startsWith('sat');
}

describe('a packet', () => {
  it('can be over before a step that follows all of it', async () => {
    expect(await canBeOver(true)).toBe(true);
  });
  it('is not over before a step that part of it follows', async () => {
    expect(await canBeOver(false)).toBe(false);
  });
});
