import { instance } from '@viz-js/viz';
import { describe, expect, it } from 'vitest';
import { tablesOf } from '../../src/compiler/artefact.js';
import { compileTables } from '../../src/compiler/compile.js';
import { graphviz } from '../../src/targets/graphviz.js';
import { compilable, compilableModels, modelSource, origin } from '../compiler/compiled.js';

const viz = await instance();

/** Graphviz's own reading of a graph: how many nodes and edges it has. @throws what Graphviz says is wrong */
function sizeOf(dot: string): { readonly nodes: number; readonly edges: number } {
  const { status, output, errors } = viz.render(dot, { format: 'json' });
  if (status !== 'success' || errors.length > 0) throw new Error(JSON.stringify(errors));
  const { objects = [], edges = [] } = JSON.parse(output);
  return { nodes: objects.length, edges: edges.length };
}

function picturesOf(text: string) {
  const source = compilable(text)!;
  const files = graphviz(tablesOf(compileTables(source), origin), source.system);
  return { source, pictures: Object.fromEntries(files.map(({ path, text }) => [path, text])) };
}

describe('graphviz', () => {
  it.each(compilableModels)('draws %s with all that there is', (name) => {
    const { source, pictures } = picturesOf(modelSource(name));
    const { topology } = source.program;
    const oneWay = topology.links.filter(
      ({ from, to }) =>
        !topology.links.some(
          (l) =>
            l.from.switch === to.switch &&
            l.from.port === to.port &&
            l.to.switch === from.switch &&
            l.to.port === from.port,
        ),
    );
    expect(sizeOf(pictures['topology.dot']!)).toEqual({
      nodes: topology.switches.length + topology.hosts.length,
      edges: topology.hosts.length + oneWay.length + (topology.links.length - oneWay.length) / 2,
    });
    expect(sizeOf(pictures['transition-system.dot']!)).toEqual({
      nodes: source.system.states.length,
      // Each edge of a block is there once for each state of the others.
      edges: source.system.blocks
        .map(({ states, edges }) => (edges.length * source.system.states.length) / states.length)
        .reduce((sum, count) => sum + count, 0),
    });
    expect(sizeOf(pictures['event-structure.dot']!).nodes).toBe(source.structure.eventSets.length);
  });
  it('draws each block by itself where their product is large', () => {
    const hosts = Array.from({ length: 10 }, (_, i) => i);
    const text = `${hosts.map((i) => `host H${i} @ 1:${i + 10};`).join(' ')} host S @ 2:2; link 1:1 <-> 2:1;
      state [${hosts.map(() => 0)}]; policy ${hosts
        .map((i) => `sw=1 & pt=${i + 10} & src=H${i}; pt<-1; (1:1)->(2:1)-><state(${i})<-1>; pt<-2`)
        .join(' + ')}`;
    const { pictures } = picturesOf(text);
    for (const name of ['transition-system.dot', 'event-structure.dot'])
      expect(sizeOf(pictures[name]!)).toEqual({ nodes: 20, edges: 10 });
    expect(pictures['transition-system.dot']).toContain('label="state(9)=1"');
  });
  it('draws a diamond of two concurrent events with its four edges and no fifth', () => {
    const { pictures } = picturesOf(modelSource('concurrent-pair'));
    expect(sizeOf(pictures['event-structure.dot']!)).toEqual({ nodes: 4, edges: 4 });
  });
});
