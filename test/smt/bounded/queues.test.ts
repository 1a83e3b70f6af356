import { afterAll, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../src/netkat/limits.js';
import { configurationHops } from '../../../src/smt/bounded/configuration-hops.js';
import { forwarding } from '../../../src/smt/bounded/forwarding.js';
import { and, script } from '../../../src/smt/bounded/script.js';
import { skeleton } from '../../../src/smt/bounded/skeleton.js';
import { before, declareSteps, requireQueues, type SwitchStep } from '../../../src/smt/bounded/steps.js';
import { openSession } from '../../../src/smt/session.js';
import { problemOf } from '../../explore/differential.js';
import { twoCopies } from '../../oracle/programs.js';

const session = openSession();
afterAll(session.close);

/** Whether two packets of H1, each copied to switch 2, can be taken there so. */
async function isPossible(earlier: (s: SwitchStep) => boolean, later: (s: SwitchStep) => boolean): Promise<boolean> {
  const options = { semantics: 'tagged', controller: true, packets: 2, unroll: 1 } as const;
  const problem = problemOf({ source: twoCopies, ...options });
  if (typeof problem === 'string') throw new Error(problem);
  const { program, system, structure } = problem;
  const hops = configurationHops(program, system, structure, defaultLimits);
  const skeletons = program.topology.hosts.map((host) => skeleton(program, hops, host, 1n, false, 5));
  const text = script(defaultLimits);
  const steps = declareSteps(text, program, skeletons, 2, true);
  requireQueues(steps, forwarding(steps, () => 'true').sent);
  const [a, b] = [steps.all.find(earlier)!, steps.all.find(later)!];
  text.require(and(a.on, b.on, before(steps, a, b)));
  steps.order.close();
  const reply = await session.evaluate(`(reset) (set-logic QF_FD) ${text.text()} (check-sat)`, 60_000);
  if (reply.kind !== 'text' || !/^(un)?sat/.test(reply.text)) throw new Error(JSON.stringify(reply));
  return reply.text.startsWith('sat');
}

const copyOf =
  (packet: number, sw: number, id?: number) =>
  ({ host, packet: p, copy, at }: SwitchStep): boolean =>
    host === 0 && p === packet && copy !== undefined && at.switch === sw && (id === undefined || copy.id === id);

describe('input queues', () => {
  it('are taken from in the order in which packets entered', async () => {
    expect(await isPossible(copyOf(0, 1), copyOf(1, 1))).toBe(true);
    expect(await isPossible(copyOf(1, 1), copyOf(0, 1))).toBe(false);
  });
  it('are taken from in the order in which copies were sent', async () => {
    expect(await isPossible(copyOf(0, 2), copyOf(1, 2))).toBe(true);
    expect(await isPossible(copyOf(1, 2), copyOf(0, 2))).toBe(false);
  });
  it('are taken from after copies have joined them', async () => {
    expect(await isPossible(copyOf(0, 1), copyOf(0, 2))).toBe(true);
    expect(await isPossible(copyOf(0, 2), copyOf(0, 1))).toBe(false);
  });
  it('are joined by the copies of one hop in any order', async () => {
    expect(await isPossible(copyOf(0, 2, 1), copyOf(0, 2, 2))).toBe(true);
    expect(await isPossible(copyOf(0, 2, 2), copyOf(0, 2, 1))).toBe(true);
  });
});
