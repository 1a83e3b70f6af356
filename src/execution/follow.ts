import type { Decision } from './decision.js';
import { enabledDecisions } from './enabled.js';
import type { Execution, Step } from './execution.js';
import { type Taken, take } from './rules.js';
import type { Run } from './run.js';
import { readHeaders, readLocation } from './show.js';
import { initialNetwork, type NetworkState, noPacketUnderWay, type Setting } from './state.js';

/** A run is given up after this many steps: under mixed configurations a packet may circle for ever. */
const maxSteps = 2_000;

/**
 * Lets the same packets enter, in the same order, as in an execution of the same program under another variant of the
 * rules, and follows its steps wherever the rules allow them; packets that are then still under way are carried to
 * their end. A packet that entered when no other was under way does so here too. The result is undefined if some packet
 * comes to no end, or to an undefined configuration.
 */
export function follow(setting: Setting, execution: Execution): Run | undefined {
  const states: NetworkState[] = [initialNetwork(setting)];
  const taken: Taken[] = [];
  const current = (): NetworkState => states[states.length - 1]!;
  const attempt = (decision: Decision | undefined): boolean => {
    const outcome = decision && take(setting, current(), decision);
    if (outcome?.kind !== 'taken') return false;
    taken.push(outcome);
    states.push(outcome.state);
    return true;
  };
  /** Takes steps of packets until none is under way. */
  const settle = () => {
    const next = () =>
      enabledDecisions(setting, current()).find(({ rule }) => rule === 'SW' || rule === 'LINK' || rule === 'OUT');
    while (taken.length < maxSteps && attempt(next()));
  };

  let underWay = 0;
  for (const step of execution) {
    if (step.rule === 'IN' && underWay === 0) settle();
    attempt(decisionLike(setting, step));
    underWay += change(step);
  }
  settle();
  while (taken.length < maxSteps && attempt({ rule: 'CTRLRECV', item: 0 }));

  const last = current();
  const complete = noPacketUnderWay(last);
  return complete ? { setting, states, taken, complete, drained: last.controllerQueue.length === 0 } : undefined;
}

/** How many more copies are under way after a step than before it. */
function change(step: Step): number {
  switch (step.rule) {
    case 'IN':
      return 1;
    case 'SW':
      return step.outputs.length - 1;
    case 'OUT':
      return -1;
    case 'LINK':
    case 'CTRLRECV':
    case 'CTRLSEND':
      return 0;
  }
}

function decisionLike({ program }: Setting, step: Step): Decision | undefined {
  switch (step.rule) {
    case 'IN': {
      const at = readLocation(step.at);
      const headers = readHeaders(program.fields, step.headers);
      return at && !('wrong' in headers) ? { rule: 'IN', at, headers } : undefined;
    }
    case 'SW':
    case 'OUT': {
      const at = readLocation(step.at);
      return at && { rule: step.rule, at };
    }
    case 'LINK': {
      const from = readLocation(step.from);
      return from && { rule: 'LINK', from };
    }
    case 'CTRLRECV':
      return { rule: 'CTRLRECV', item: 0 };
    case 'CTRLSEND':
      return { rule: 'CTRLSEND', switch: step.switch };
  }
}
