import { switchOf } from '../executions/queues.js';
import type { Result } from '../result/result.js';

export type ShownNetwork = NonNullable<Result['network']>;

/** A process of the space-time diagram. */
export interface DiagramLane {
  readonly kind: 'host' | 'switch' | 'controller';
  /** `H1`, `4`, `controller`. */
  readonly name: string;
}

/** A name that is this long or less is drawn whole. */
const maxName = 12;

/** A name as it is drawn: the whole of it is said elsewhere. */
export const short = (name: string, most = maxName): string =>
  name.length <= most ? name : `${name.slice(0, most - 1)}…`;

/**
 * The lanes, so that neighbours of the topology are near each other, and hosts beside their switch; the controller is
 * last.
 */
export function diagramLanes(network: ShownNetwork): DiagramLane[] {
  const order = switchOrder(network);
  const lanes = order.flatMap((n, i): DiagramLane[] => {
    const hosts = network.hosts
      .filter(({ at }) => switchOf(at) === n)
      .map(({ name }): DiagramLane => ({ kind: 'host', name }));
    const own: DiagramLane = { kind: 'switch', name: String(n) };
    return i < order.length / 2 ? [...hosts, own] : [own, ...hosts];
  });
  return [...lanes, { kind: 'controller', name: 'controller' }];
}

/**
 * With more switches than this, the order is that of a walk through the topology, which is not improved any further.
 */
const maxBettered = 40;

/** Switches in an order in which links are short: a walk, then moving one at a time while that helps. */
function switchOrder({ switches, links, hosts }: ShownNetwork): readonly number[] {
  const pairs = links.map(({ from, to }) => [switchOf(from), switchOf(to)] as const);
  const start = hosts[0] ? switchOf(hosts[0].at) : switches[0];
  let order = walk(switches, pairs, start);
  if (order.length > maxBettered) return order;
  const length = (candidate: readonly number[]): number => {
    const place = new Map(candidate.map((n, i) => [n, i]));
    return pairs.reduce((sum, [a, b]) => sum + Math.abs(place.get(a)! - place.get(b)!), 0);
  };
  let best = length(order);
  for (let isBetter = true; isBetter; ) {
    isBetter = false;
    for (const n of switches)
      for (const target of switches.keys()) {
        const rest = order.filter((other) => other !== n);
        const moved = [...rest.slice(0, target), n, ...rest.slice(target)];
        const cost = length(moved);
        if (cost >= best) continue;
        [order, best, isBetter] = [moved, cost, true];
      }
  }
  return order;
}

/** Depth first, so that a path or a ring comes out as one. */
function walk(
  switches: readonly number[],
  pairs: readonly (readonly [number, number])[],
  start: number | undefined,
): readonly number[] {
  const order = new Set<number>();
  for (const root of start === undefined ? switches : [start, ...switches]) {
    const stack = [root];
    for (let n = stack.pop(); n !== undefined; n = stack.pop()) {
      if (order.has(n)) continue;
      order.add(n);
      const next = pairs.filter(([a]) => a === n).map(([, b]) => b);
      for (const one of next.sort((a, b) => b - a)) stack.push(one);
    }
  }
  return [...order];
}
