import type { Decision } from '../../src/execution/decision.js';
import { enabledDecisions } from '../../src/execution/enabled.js';
import type { Execution } from '../../src/execution/execution.js';
import { type Outcome, type Taken, take } from '../../src/execution/rules.js';
import type { Run } from '../../src/execution/run.js';
import { readHeaders, readLocation } from '../../src/execution/show.js';
import { initialNetwork, type NetworkState, noPacketUnderWay, type Setting } from '../../src/execution/state.js';

/**
 * Plays a script: `IN 1:2 ip_dst=H4`, `SW 1:2`, `RECV` (the oldest item of Q) or `RECV 1`, `SEND 4` or `SEND 4 {0,1}`
 * (the set that the switch then has). A copy that can cross a link or leave does so at once.
 */
export function play(setting: Setting, ...script: readonly string[]): Run {
  const states: NetworkState[] = [initialNetwork(setting)];
  const taken: Taken[] = [];
  const apply = (outcome: Outcome, what: string): void => {
    if (outcome.kind !== 'taken') throw new Error(`${what}: ${outcome.reason}`);
    taken.push(outcome);
    states.push(outcome.state);
  };
  for (const line of script) {
    apply(outcomeOf(setting, states[states.length - 1]!, line), line);
    for (;;) {
      const state = states[states.length - 1]!;
      const next = enabledDecisions(setting, state).find(({ rule }) => rule === 'LINK' || rule === 'OUT');
      if (!next) break;
      apply(take(setting, state, next), next.rule);
    }
  }
  const last = states[states.length - 1]!;
  const complete = noPacketUnderWay(last);
  return { setting, states, taken, complete, drained: complete && last.controllerQueue.length === 0 };
}

/** What a line of a script does in a state. */
function outcomeOf(setting: Setting, state: NetworkState, line: string): Outcome {
  const [rule, place = '', ...words] = line.split(' ');
  if (rule === 'SEND') {
    const set = words[0]?.slice(1, -1);
    const sends = enabledDecisions(setting, state).filter((d) => d.rule === 'CTRLSEND' && d.switch === Number(place));
    const outcomes = sends.map((send) => take(setting, state, send));
    const found = outcomes.find(
      (o) => o.kind === 'taken' && o.step.rule === 'CTRLSEND' && (set === undefined || String(o.step.eventSet) === set),
    );
    return found ?? { kind: 'refused', reason: 'no such CTRLSEND' };
  }
  return take(setting, state, decisionOf(setting, rule, place, words));
}

function decisionOf(setting: Setting, rule: string | undefined, place: string, words: readonly string[]): Decision {
  if (rule === 'RECV') return { rule: 'CTRLRECV', item: Number(place) };
  const at = readLocation(place)!;
  if (rule === 'SW') return { rule, at };
  if (rule !== 'IN') throw new Error(`${rule} is no word of a script`);
  const { fields } = setting.program;
  const stated = new Map(words.map((word) => word.split('=') as [string, string]));
  const value = (name: string, domain: readonly (string | number)[]) =>
    domain.find((v) => String(v) === stated.get(name)) ?? domain[0]!;
  const shown = Object.fromEntries(fields.map(({ name, domain }) => [name, value(name, domain)]));
  const headers = readHeaders(fields, shown);
  if ('wrong' in headers) throw new Error(headers.wrong);
  return { rule, at, headers };
}

/** The steps of a run, as the JSON writes them. */
export const stepsOf = (run: Run): Execution => run.taken.map(({ step }) => step);

/** The index of the n-th step of a rule at a place. */
export function stepAt(run: Run, rule: string, place = '', n = 0): number {
  const found = [...run.taken.entries()].filter(
    ([, { step }]) =>
      step.rule === rule &&
      (!place || ('at' in step && step.at === place) || ('switch' in step && String(step.switch) === place)),
  );
  return found[n]?.[0] ?? -1;
}
