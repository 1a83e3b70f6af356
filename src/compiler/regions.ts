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
  /** The union of many regions, or `merge` of many functions, taken in halves: n of them cost n log n. */
  readonly mergeAll: (parts: readonly Diagram[]) => Diagram;
  /** The function restricted to a region; outside it is undefined. */
  readonly within: (diagram: Diagram, region: Diagram) => Diagram;
  /** For each output of a function, by its key: the region where it is among the outputs. */
  readonly whereOutputs: (diagram: Diagram) => ReadonlyMap<string, Diagram>;
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

  const mergeAll = (parts: readonly Diagram[]): Diagram => {
    if (parts.length <= 1) return parts[0] ?? nothing;
    const half = parts.length >> 1;
    return merge(mergeAll(parts.slice(0, half)), mergeAll(parts.slice(half)));
  };

  return {
    everything,
    nothing,
    union: merge,
    mergeAll,
    within,
    whereOutputs: outputRegions(store, everything, nothing, outputKey),
    image: (region, sets) =>
      sets.reduce((d, [field, value]) => store.choose(field + 1, value, forget(d, field + 1), nothing), region),
    agree,
    merge,
    simplify,
  };
}

/**
 * The regions of all outputs at once. The tests of one field, of which there may be thousands, each with an output of
 * its own, are taken together: an output's region tests only the values that lead to it, unless all others do.
 */
function outputRegions(
  store: PlaceDiagrams,
  everything: Diagram,
  nothing: Diagram,
  outputKey: (output: DiagramOutput) => string,
): Regions['whereOutputs'] {
  type ByOutput = ReadonlyMap<string, Diagram>;
  const known = new Map<Diagram, ByOutput>();
  const compute = (d: Diagram): ByOutput => {
    const first = store.branch(d);
    if (!first) return new Map((store.leafOf(d) ?? []).map((output) => [outputKey(output), everything]));
    const { field } = first;
    const values: number[] = [];
    const ways = new Map<string, Map<number, Diagram>>();
    let rest = d;
    for (let b = store.branch(rest); b?.field === field; b = store.branch(rest)) {
      values.push(b.value);
      for (const [key, region] of whereOutputs(b.yes)) {
        const way = ways.get(key);
        if (way) way.set(b.value, region);
        else ways.set(key, new Map([[b.value, region]]));
      }
      rest = b.no;
    }
    const elsewhere = whereOutputs(rest);
    const regions = new Map<string, Diagram>();
    for (const key of new Set([...ways.keys(), ...elsewhere.keys()])) {
      const way = ways.get(key) ?? new Map<number, Diagram>();
      const otherwise = elsewhere.get(key);
      const tested = otherwise === undefined ? [...way.keys()] : values;
      regions.set(
        key,
        tested.reduceRight(
          (region, value) => store.choose(field, value, way.get(value) ?? nothing, region),
          otherwise ?? nothing,
        ),
      );
    }
    return regions;
  };
  const whereOutputs = (d: Diagram): ByOutput => {
    const found = known.get(d) ?? compute(d);
    known.set(d, found);
    return found;
  };
  return whereOutputs;
}
