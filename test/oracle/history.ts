import type { Run } from '../../src/execution/run.js';
import { locationOf, matches, networkTrace } from '../../src/theorems/trace.js';

/**
 * What the rules and the definitions read of a run: at each switch and at the controller its steps in order, each with
 * what caused it (so ≺, the trees and the state are the same in two runs with the same key), and the order in which
 * packets arrived that match any event (the definition of the paper scans the trace, spec 4.3).
 */
export function historyKey(run: Run): string {
  const { setting } = run;
  const order = networkTrace(run)
    .filter((lp) => setting.structure.events.some(({ id }) => matches(setting, lp, id)))
    .map(({ step }) => step);
  return keyOfHistory(run, order);
}

/** What is read of a run, each step with what caused it, and the order of some of its steps, which are given. */
export function keyOfHistory(run: Run, inOrder: readonly number[]): string {
  const places = new Map<string, string[]>();
  const names: string[] = [];
  const record = (i: number, place: string, text: string): void => {
    const steps = places.get(place) ?? [];
    places.set(place, steps);
    names[i] = `${place}.${steps.push(text)}`;
  };
  let received = 0;
  for (const [i, { step, took, queued = [], entered }] of run.taken.entries()) {
    if (step.rule === 'IN')
      record(i, `${locationOf(step.at).switch}`, `I${step.packet}@${step.at}(${entered!.headers})`);
    if (step.rule === 'SW') {
      const sent = queued.map(({ port, headers }) => `${port}(${headers})`).join('');
      record(i, `${locationOf(step.at).switch}`, `S${names[took!.sentBy]}@${step.at}(${took!.headers})>${sent}`);
    }
    if (step.rule === 'CTRLRECV') {
      received++;
      record(i, 'c', `R${names[step.told]}(${step.item})`);
    }
    if (step.rule === 'CTRLSEND') record(i, `${step.switch}`, `C${received}(${step.eventSet})`);
  }
  const lists = [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([place, steps]) => `${place}:${steps.join()}`);
  return `${lists.join(';')}|${inOrder.map((i) => names[i])}`;
}
