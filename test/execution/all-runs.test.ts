import { expect, test } from 'vitest';
import { defaultLimits } from '../../src/base/limits.js';
import { allRuns, type Entering } from '../../src/execution/all-runs.js';
import type { Decision } from '../../src/execution/decision.js';
import { enabledDecisions } from '../../src/execution/enabled.js';
import { entriesOf } from '../../src/execution/entries.js';
import { take } from '../../src/execution/rules.js';
import { initialNetwork, type NetworkState, type Setting } from '../../src/execution/state.js';
import { runnableModel } from '../replay/recorded.js';

/** Of a link, nothing is to be told; and with the controller off, what it hears changes nothing. */
const isTold = ({ rule }: { readonly rule: string }): boolean => rule === 'IN' || rule === 'SW';

/** Every execution, of all interleavings, by what enters and what switches do: links are crossed at any time. */
function everything(setting: Setting, entries: readonly Entering[], packets: number): Set<string> {
  const found = new Set<string>();
  const go = (state: NetworkState, told: readonly string[]): void => {
    const entering = state.entered < packets ? entries.map((entry): Decision => ({ rule: 'IN', ...entry })) : [];
    const decisions = [...enabledDecisions(setting, state), ...entering];
    if (decisions.length === 0) found.add(told.join());
    for (const decision of decisions) {
      const outcome = take(setting, state, decision);
      if (outcome.kind !== 'taken') throw new Error(outcome.kind);
      const { step } = outcome;
      go(outcome.state, isTold(step) ? [...told, JSON.stringify(step)] : told);
    }
  };
  go(initialNetwork(setting), []);
  return found;
}

test.each([
  ['firewall', 'tagged', 2],
  ['firewall', 'best-effort', 2],
  ['midway', 'tagged', 1],
  ['nat', 'tagged', 1],
] as const)('the executions of %s under %s with %i packets are all that there are', (model, semantics, packets) => {
  // Controller off: what it says and when multiplies them beyond what can be listed naively.
  const setting = { ...runnableModel(model, semantics).setting, controller: false };
  const entries = entriesOf(setting, defaultLimits);
  const runs = [...allRuns(setting, entries, packets)];
  const told = runs.map(({ taken }) =>
    taken.flatMap(({ step }) => (isTold(step) ? [JSON.stringify(step)] : [])).join(),
  );
  expect(runs.every(({ complete }) => complete)).toBe(true);
  expect(new Set(told)).toEqual(everything(setting, entries, packets));
});
