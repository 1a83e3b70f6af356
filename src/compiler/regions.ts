import { type Diagram, fromLeaves } from '../netkat/diagram.js';
import type { DiagramOutput, PlaceDiagrams } from './outputs.js';

/**
 * Sets of packets, and functions that are defined on sets of packets only, as diagrams of one store: a region is the
 * function whose value is `[]` inside the set and undefined outside.
 */
export interface Regions {
  readonly everything: Diagram;
  readonly nothing: Diagram;
  readonly union: (a: Diagram, b: Diagram) => Diagram;
  /** The function restricted to a region; outside it is undefined. */
  readonly within: (diagram: Diagram, region: Diagram) => Diagram;
  /** The region where the outputs of a function include the one with this key. */
  readonly whereOutput: (diagram: Diagram, key: string) => Diagram;
  /** The packets of a region after some header fields have been set. */
  readonly image: (region: Diagram, sets: DiagramOutput['sets']) => Diagram;
  /** Whether two functions agree wherever both are defined. */
  readonly agree: (a: Diagram, b: Diagram) => boolean;
  /** One function that is defined wherever one of two functions is, given that the two agree. */
  readonly merge: (a: Diagram, b: Diagram) => Diagram;
  /** A function that agrees with this one wherever it is defined, with as few tests as sibling substitution finds. */
  readonly simplify: (diagram: Diagram) => Diagram;
}

/** How often what was made simpler is made simpler once more, one within the other: it is right all the same. */
const maxNested = 200;

export function regions(store: PlaceDiagrams, outputKey: (output: DiagramOutput) => string): Regions {
  const everything = store.leaf([]);
  const nothing = store.leaf(undefined);
  const merge = store.binary((a, b) => a ?? b);
  const within = store.binary((f, region) => region && f);
  const differences = store.binary((a, b) => (a === undefined || b === undefined || a === b ? undefined : []));

  /** The packets that are in the region with some value of the field. */
  const forget = (region: Diagram, field: number): Diagram =>
    fromLeaves<Diagram>(
      store.branch,
      new Map(),
      (d) => ((store.branch(d)?.field ?? field + 1) > field ? d : undefined),
      (b, yes, no) => (b.field === field ? merge(yes, no) : store.choose(b.field, b.value, yes, no)),
    )(region);

  const agree = (a: Diagram, b: Diagram): boolean => a === b || differences(a, b) === nothing;

  let nested = 0;
  const simplify: (diagram: Diagram) => Diagram = fromLeaves<Diagram>(
    store.branch,
    new Map(),
    (d) => (store.branch(d) ? undefined : d),
    (b, yes, no) => {
      // If the branches agree, the test decides nothing and is left out.
      if (!agree(yes, no)) return store.choose(b.field, b.value, yes, no);
      const both = merge(yes, no);
      if (nested >= maxNested) return both;
      nested++;
      const simpler = simplify(both);
      nested--;
      return simpler;
    },
  );

  return {
    everything,
    nothing,
    union: merge,
    within,
    whereOutput: (d, key) =>
      store.graft((leaf) => (leaf?.some((output) => outputKey(output) === key) ? everything : nothing))(d),
    image: (region, sets) =>
      sets.reduce((d, [field, value]) => store.choose(field + 1, value, forget(d, field + 1), nothing), region),
    agree,
    merge,
    simplify,
  };
}
