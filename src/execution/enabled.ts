import type { Decision } from './decision.js';
import { ordersByPort } from './orders.js';
import { outputsOf } from './rules.js';
import type { NetworkState, Setting } from './state.js';
import { variants } from './variants.js';

/**
 * Every step that a state can take (spec 3), but for IN, which any host can do with any headers at any moment (spec
 * 3.2). A SW is listed once for each order in which its copies can join the same output queue, since spec 3 does not
 * fix that order.
 */
export function enabledDecisions(setting: Setting, state: NetworkState): Decision[] {
  const decisions: Decision[] = [];
  for (const n of setting.program.topology.switches) {
    const { inputs, outputs, eventSet } = state.switches[n]!;
    for (const [port, [head]] of Object.entries(inputs)) {
      if (!head) continue;
      const at = { switch: n, port: Number(port) };
      const orders = ordersByPort(outputsOf(setting, state, at, head) ?? []);
      // A SW whose configuration is undefined is listed too; `take` then says that it is undefined.
      for (const order of orders) decisions.push(orders.length === 1 ? { rule: 'SW', at } : { rule: 'SW', at, order });
    }
    for (const [port, [head]] of Object.entries(outputs)) {
      if (!head) continue;
      const at = { switch: n, port: Number(port) };
      decisions.push(head.finished ? { rule: 'OUT', at } : { rule: 'LINK', from: at });
    }
    if (setting.controller)
      for (const choice of variants[setting.semantics].send(eventSet, state.known).keys())
        decisions.push({ rule: 'CTRLSEND', switch: n, choice });
  }
  for (const item of state.controllerQueue.keys()) decisions.push({ rule: 'CTRLRECV', item });
  return decisions;
}
