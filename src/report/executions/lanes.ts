import type { ShownLocation, Step } from '../../execution/execution.js';
import { hostNameAt, type Portrait } from './portrait.js';
import { switchOf } from './queues.js';

/** A process that takes part in an execution: `H1`, `s4`, `C` for the controller. */
export interface Lane {
  readonly key: string;
  readonly name: string;
}

const controllerKey = 'controller';
const switchKey = (n: number): string => `switch ${n}`;
/** The key of a host: its place, since its name may be any text. */
const hostKey = (at: ShownLocation): string => `host ${at}`;

/** Where a step begins and where it ends, as keys of lanes; both are the same if it happens at one process. */
export function endsOf(step: Step, steps: readonly Step[]): readonly [string, string] {
  switch (step.rule) {
    case 'IN':
      return [hostKey(step.at), switchKey(switchOf(step.at))];
    case 'SW':
      return [switchKey(switchOf(step.at)), switchKey(switchOf(step.at))];
    case 'LINK':
      return [switchKey(switchOf(step.from)), switchKey(switchOf(step.to))];
    case 'OUT':
      return [switchKey(switchOf(step.at)), step.host === null ? switchKey(switchOf(step.at)) : hostKey(step.at)];
    case 'CTRLRECV': {
      const teller = steps[step.told];
      return [teller?.rule === 'SW' ? switchKey(switchOf(teller.at)) : controllerKey, controllerKey];
    }
    case 'CTRLSEND':
      return [controllerKey, switchKey(step.switch)];
  }
}

/** The processes that take part, hosts beside their switch, the controller last. */
export function lanesOf(portrait: Portrait): Lane[] {
  const { steps } = portrait;
  const keys = new Set(steps.flatMap((step) => endsOf(step, steps)));
  const hosts = new Map<ShownLocation, string>();
  for (const step of steps) {
    if (step.rule === 'IN' || step.rule === 'OUT') {
      const name = hostNameAt(portrait, step.at) ?? (step.rule === 'OUT' ? step.host : null);
      if (keys.has(hostKey(step.at))) hosts.set(step.at, name ?? hosts.get(step.at) ?? step.at);
    }
  }
  const places = [...hosts.keys()];
  const named = steps.flatMap((step) => endsOf(step, steps)).flatMap((key) => /^switch (\d+)$/.exec(key)?.[1] ?? []);
  const switches = [...new Set([...named.map(Number), ...places.map(switchOf)])].sort((a, b) => a - b);
  const lanes = switches.flatMap((n, i): Lane[] => {
    const own = { key: switchKey(n), name: `s${n}` };
    const beside = places.filter((at) => switchOf(at) === n).map((at) => ({ key: hostKey(at), name: hosts.get(at)! }));
    return i < switches.length / 2 ? [...beside, own] : [own, ...beside];
  });
  return keys.has(controllerKey) ? [...lanes, { key: controllerKey, name: 'C' }] : lanes;
}
