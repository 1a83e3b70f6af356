import { expect, it } from 'vitest';
import { branches } from '../../bench/scale/programs.js';
import { project } from '../../src/events/projection.js';
import { configuration, entry } from '../../src/netkat/configuration.js';
import { flowGraph, joinedBeginnings } from '../../src/netkat/flow-graph.js';
import { representPackets } from '../../src/netkat/ingress.js';
import { orThrow, read } from '../../src/verbs/load.js';

const unlimited = { packetClasses: 100_000, deadline: Number.POSITIVE_INFINITY };

/** How many kinds of answers a host can send through a firewall of so many branches, and how much is compared. */
function answers(n: number): { readonly kinds: number; readonly compared: number } {
  const { program } = orThrow(read(branches(n), 'branches.snk'));
  const { hop } = configuration(project(program.policy, [1]));
  let compared = 0;
  const kinds = representPackets(program.fields, unlimited, (headers, asked) => {
    const counting = (field: number, value: number): void => {
      compared++;
      asked(field, value);
    };
    const found = hop(headers, { switch: 4, port: 2 }, entry, counting);
    return found.kind === 'needs' ? found.field : undefined;
  });
  return { kinds: kinds.length, compared };
}

it('a packet is not compared with every branch', () => {
  const [few, many] = [answers(20), answers(200)];
  expect(few.kinds).toBe(23);
  expect(many.kinds).toBe(203);
  expect(many.compared).toBeLessThan(12 * few.compared);
});

it('branches begin as one as long as they are alike', () => {
  const { program } = orThrow(read(branches(20), 'branches.snk'));
  const graph = flowGraph(project(program.policy, [1]));
  const joined = joinedBeginnings(graph, (atom) => (atom.kind === 'link' ? undefined : JSON.stringify(atom)));
  const widest = (edges: (typeof graph)['edges']) => edges.map((out) => out.length).sort((a, b) => b - a);
  expect(widest(graph.edges).slice(0, 2)).toEqual([21, 1]);
  // `pt=2`, then either host, then the twenty; links stay apart, for each is a position.
  expect(widest(joined.edges).slice(0, 3)).toEqual([20, 2, 1]);
  const links = (edges: (typeof graph)['edges']) => edges.flat().filter(({ atom }) => atom?.kind === 'link').length;
  expect(links(joined.edges)).toBe(links(graph.edges));
});
