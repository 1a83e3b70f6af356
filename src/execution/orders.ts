import { permutations } from '../base/permutations.js';
import type { Output } from '../netkat/configuration.js';

/**
 * The orders in which the outputs of one hop may be queued. Spec 3 leaves open in what order copies that leave by one
 * port are queued [choice: every order counts, so that what holds does so whatever order a switch takes]. Exits are not
 * queued with others: the host takes them as they come.
 */
export const queueOrders = (outputs: readonly Output[]): number[][] =>
  ordersByPort(outputs, ({ to }) => to !== undefined);

/**
 * The orders of outputs that differ at some port, as permutations of the outputs' indices, port after port: copies for
 * different ports do not meet in a queue, so their order does not matter. In the first, the outputs of each port are in
 * the given order, those that are not to be permuted last.
 */
export function ordersByPort(
  outputs: readonly Output[],
  isPermuted: (output: Output) => boolean = () => true,
): number[][] {
  const ports = [...new Set(outputs.map(({ port }) => port))];
  let orders: number[][] = [[]];
  for (const port of ports) {
    const here = [...outputs.keys()].filter((i) => outputs[i]!.port === port);
    const moving = here.filter((i) => isPermuted(outputs[i]!));
    const others = here.filter((i) => !isPermuted(outputs[i]!));
    orders = orders.flatMap((order) => permutations(moving).map((perm) => [...order, ...perm, ...others]));
  }
  return orders;
}
