import { permutations } from '../base/permutations.js';
import type { Output } from '../netkat/configuration.js';

/**
 * The orders in which the outputs of one hop may be queued. Spec 3 leaves open in what order copies that leave by one
 * port are queued [choice: every order counts, so that what holds does so whatever order a switch takes]. Copies for
 * different ports do not meet in a queue, so their order does not matter.
 */
export function queueOrders(outputs: readonly Output[]): number[][] {
  const ports = [...new Set(outputs.map(({ port }) => port))];
  let orders: number[][] = [[]];
  for (const port of ports) {
    // Exits are not queued with others: the host takes them as they come.
    const moving = outputs.flatMap(({ to }, i) => (outputs[i]!.port === port && to ? [i] : []));
    const exiting = outputs.flatMap(({ to }, i) => (outputs[i]!.port === port && !to ? [i] : []));
    orders = orders.flatMap((order) => permutations(moving).map((perm) => [...order, ...perm, ...exiting]));
  }
  return orders;
}
