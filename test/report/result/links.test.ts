import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check, type Result } from '../../../src/workbench.js';
import { modelFile, models } from '../../models/models.js';
import { independentClients } from '../html/programs.js';

/** What a link's own text says of the edges that it makes: where the packet arrives, and what becomes of a state. */
function saidOf(text: string): { at: string; after: (state: readonly number[]) => readonly number[] } {
  const ends = [...text.matchAll(/\(\s*(\d+:\d+)\s*\)/g)].map(([, end]) => end!);
  expect(ends, text).toHaveLength(2);
  const assigned = /state(?:\((\d+)\))?\s*(?:<-|←)\s*\[?([\d, ]+)\]?/.exec(text);
  expect(assigned, text).not.toBeNull();
  const [, component, values] = assigned!;
  const given = values!.split(',').map(Number);
  return {
    at: ends[1]!,
    after: (state) =>
      component === undefined ? given : state.map((v, i) => (i === Number(component) ? given[0]! : v)),
  };
}

function expectLinksToMakeTheirEdges({ program: { text, links = [] }, ets }: Result): void {
  expect(ets).toBeDefined();
  const { edges } = ets!;
  for (const link of links) {
    const said = saidOf(text!.slice(link.start, link.end));
    for (const index of link.edges) {
      const { from, to, at } = edges[index]!;
      expect({ at, to }, `edge ${index} of ${text!.slice(link.start, link.end)}`).toEqual({
        at: said.at,
        to: said.after(from),
      });
    }
  }
  // And none is left out: every edge comes of some link.
  expect([...new Set(links.flatMap(({ edges: own }) => own))].sort((a, b) => a - b)).toEqual([...edges.keys()]);
}

describe('program.links counts edges as ets.edges lists them', () => {
  const accepted = Object.entries(models).filter(([, { rejected }]) => !rejected || rejected === 'nonlocal');
  it.each(accepted)('%s', async (name, { rejected }) => {
    const file = modelFile(name);
    const { result } = await check(readFileSync(file), file, { packets: 0, force: rejected === 'nonlocal' });
    expectLinksToMakeTheirEdges(result);
  });

  it('three components of the state', async () => {
    const { result } = await check(independentClients(3), 'flags-3.snk', { packets: 0 });
    expectLinksToMakeTheirEdges(result);
    // A link for each client, with the four edges that set its component.
    expect(result.program.links!.map(({ edges }) => edges.length)).toEqual([4, 4, 4]);
  });
});
