import type { ShownLocation, Step } from '../../execution/execution.js';
import { kindOf, type Station } from '../steps.js';
import { hostNameAt, type Portrait } from './portrait.js';
import { switchOf } from './queues.js';

/** A process that takes part in an execution: `H1`, `s4`, `C` for the controller. */
export interface Lane {
  readonly key: string;
  readonly name: string;
}

const controllerKey = 'controller';
const switchKey = (n: number): string => `switch ${n}`;

function keyOf(station: Station): string {
  switch (station.kind) {
    case 'host':
      // By its place: names are anything.
      return `host ${station.at}`;
    case 'switch':
      return switchKey(station.id);
    case 'controller':
      return controllerKey;
  }
}

/** Where a step begins and where it ends, as keys of lanes; the same for what happens at one process. */
export function endsOf(step: Step, steps: readonly Step[]): readonly [string, string] {
  const [from, to] = kindOf(step).ends(step, steps);
  return [keyOf(from), keyOf(to)];
}

/** The processes that take part, hosts beside their switch, the controller last. */
export function lanesOf(portrait: Portrait): Lane[] {
  const { steps } = portrait;
  const stations = steps.flatMap((step) => kindOf(step).ends(step, steps));
  const hosts = new Map<ShownLocation, Lane>();
  for (const station of stations) {
    if (station.kind !== 'host') continue;
    const { at } = station;
    const name = hostNameAt(portrait, at) ?? station.name ?? hosts.get(at)?.name ?? at;
    hosts.set(at, { key: keyOf(station), name });
  }
  const named = stations.flatMap((station) => (station.kind === 'switch' ? [station.id] : []));
  const switches = [...new Set([...named, ...[...hosts.keys()].map(switchOf)])].sort((a, b) => a - b);
  const lanes = switches.flatMap((n, i): Lane[] => {
    const own = { key: switchKey(n), name: `s${n}` };
    const beside = [...hosts].filter(([at]) => switchOf(at) === n).map(([, lane]) => lane);
    return i < switches.length / 2 ? [...beside, own] : [own, ...beside];
  });
  const controlled = stations.some(({ kind }) => kind === 'controller');
  return controlled ? [...lanes, { key: controllerKey, name: 'C' }] : lanes;
}
