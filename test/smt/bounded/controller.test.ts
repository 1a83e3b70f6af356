import { afterAll, describe, expect, it } from 'vitest';
import { type Controller, declareController } from '../../../src/smt/bounded/controller.js';
import { before, type PossibleStep, type Steps } from '../../../src/smt/bounded/steps.js';
import { openSession } from '../../../src/smt/solver/session.js';
import { and } from '../../../src/smt/solver/term.js';
import { isPossible } from './possible.js';

const session = openSession();
afterAll(session.close);

/** Whether what is stated of two SWs at switch 1, taken in this order, and of the controller, can be. */
const can = (
  state: (steps: Steps, controller: Controller, first: PossibleStep, second: PossibleStep) => string,
): Promise<boolean> =>
  isPossible(session, (text, steps) => {
    const controller = declareController(
      steps,
      () => true,
      ({ copy }) => (copy ? [0] : []),
    );
    const root = (packet: number) =>
      steps.all.find((step) => step.host === 0 && step.packet === packet && step.copy && !step.copy.parent)!;
    const [first, second] = [root(0), root(1)];
    text.require(and(first.on, second.on, before(steps, first, second)));
    text.require(state(steps, controller, first, second));
  });

describe('the CTRLSEND before a step', () => {
  it('is after all earlier steps of the switch', async () => {
    const sent = (before: boolean) =>
      can(({ order }, { sendBefore }, first, second) => {
        const { on, place } = sendBefore(second)!;
        return and(on, before ? order.before(place, first.place) : order.before(first.place, place));
      });
    expect(await sent(true)).toBe(false);
    expect(await sent(false)).toBe(true);
  });
  it('is before the step', async () => {
    const late = can(({ order }, { sendBefore }, _first, second) => {
      const { on, place } = sendBefore(second)!;
      return and(on, order.before(second.place, place));
    });
    expect(await late).toBe(false);
  });
  it('carries no item that is told later', async () => {
    const hears = (told: 'first' | 'second') =>
      can((_, { sendBefore, items, isHeard }, first, second) => {
        const teller = told === 'first' ? first : second;
        return isHeard(sendBefore(second)!, items.find(({ step }) => step === teller)!);
      });
    expect(await hears('first')).toBe(true);
    expect(await hears('second')).toBe(false);
  });
});
