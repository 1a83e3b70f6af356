import { afterAll, describe, expect, it } from 'vitest';
import { before, type PossibleStep } from '../../../src/smt/bounded/steps.js';
import { openSession } from '../../../src/smt/solver/session.js';
import { and } from '../../../src/smt/solver/term.js';
import { isPossible } from './possible.js';

const session = openSession();
afterAll(session.close);

type Which = (step: PossibleStep) => boolean;
const canPrecede = (earlier: Which, later: Which): Promise<boolean> =>
  isPossible(session, (text, steps) => {
    const [a, b] = [steps.all.find(earlier)!, steps.all.find(later)!];
    text.require(and(a.on, b.on, before(steps, a, b)));
  });

const copyOf =
  (packet: number, sw: number, id?: number) =>
  ({ host, packet: p, copy, at }: PossibleStep): boolean =>
    host === 0 && p === packet && copy !== undefined && at.switch === sw && (id === undefined || copy.id === id);

describe('input queues', () => {
  it('are taken from in the order in which packets entered', async () => {
    expect(await canPrecede(copyOf(0, 1), copyOf(1, 1))).toBe(true);
    expect(await canPrecede(copyOf(1, 1), copyOf(0, 1))).toBe(false);
  });
  it('are taken from in the order in which copies were sent', async () => {
    expect(await canPrecede(copyOf(0, 2), copyOf(1, 2))).toBe(true);
    expect(await canPrecede(copyOf(1, 2), copyOf(0, 2))).toBe(false);
  });
  it('are taken from after copies have joined them', async () => {
    expect(await canPrecede(copyOf(0, 1), copyOf(0, 2))).toBe(true);
    expect(await canPrecede(copyOf(0, 2), copyOf(0, 1))).toBe(false);
  });
  it('are joined by the copies of one hop in any order', async () => {
    expect(await canPrecede(copyOf(0, 2, 1), copyOf(0, 2, 2))).toBe(true);
    expect(await canPrecede(copyOf(0, 2, 2), copyOf(0, 2, 1))).toBe(true);
  });
});
