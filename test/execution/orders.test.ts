import fc from 'fast-check';
import { expect, it } from 'vitest';
import { queueOrders } from '../../src/execution/orders.js';
import type { Output } from '../../src/netkat/configuration.js';

const output: fc.Arbitrary<Output> = fc
  .record({ port: fc.nat({ max: 2 }), moves: fc.boolean() })
  .map(({ port, moves }) => ({
    headers: [],
    port,
    to: moves ? { switch: 1, port } : undefined,
    position: [],
    finished: !moves,
  }));

it('queues the copies for one port in every order, and every copy once', () => {
  fc.assert(
    fc.property(fc.array(output, { maxLength: 5 }), (outputs) => {
      const orders = queueOrders(outputs);
      for (const order of orders) expect([...order].sort()).toEqual([...outputs.keys()]);

      /** What each queue holds after an order. */
      const queues = (order: readonly number[]) =>
        JSON.stringify([0, 1, 2].map((port) => order.filter((i) => outputs[i]!.port === port && outputs[i]!.to)));
      const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
      const wanted = [0, 1, 2].map((port) => factorial(outputs.filter((o) => o.port === port && o.to).length));
      expect(new Set(orders.map(queues)).size).toBe(wanted.reduce((a, b) => a * b));
      expect(orders).toHaveLength(new Set(orders.map(queues)).size);
    }),
  );
});

it('gives one order, the empty one, to no outputs', () => expect(queueOrders([])).toEqual([[]]));
