import type { BlockStructure } from '../events/event-structure.js';
import { eventfulBlocks } from '../events/eventful-blocks.js';
import { type Diagram, fromLeaves } from '../netkat/diagram.js';
import type { PlaceHops, StateFields } from './places.js';
import type { Regions } from './regions.js';
import type { Rule } from './rules.js';

/** The blocks of the state as diagrams of places know them: by the fields of their components. */
export interface StateRegions {
  /** The blocks of which tags have a field. */
  readonly blocks: readonly BlockStructure[];
  /** The vectors that event-sets have, under any headers. */
  readonly reachable: Diagram;
  /** The blocks, by index, whose components a diagram tests. */
  readonly testedBy: (diagram: Diagram) => readonly number[];
  /** What a function is after each event-set of a block: of headers, and of the other blocks. */
  readonly after: (diagram: Diagram, block: number) => readonly Diagram[];
  /**
   * The same as functions of headers alone. The function must depend on no other block, as
   * far as it is defined.
   */
  readonly bySets: (diagram: Diagram, block: number) => readonly Diagram[];
  /** Whether a field of the diagrams is a component of the state. */
  readonly isOfState: (field: number) => boolean;
  /** For what a rule asks of the state: by block, the event-sets after which the block is as it says. */
  readonly asked: (rule: Rule) => ReadonlyMap<number, readonly number[]>;
}

export function stateRegions(
  { store, stateFields }: Pick<PlaceHops, 'store' | 'stateFields'>,
  regions: Regions,
  all: readonly BlockStructure[],
): StateRegions {
  const blocks = eventfulBlocks({ blocks: all });
  const { first } = stateFields;
  const blockOfField = new Map(
    blocks.flatMap(({ block }, b) => block.indices.map((index) => [fieldOf(stateFields, index), b] as const)),
  );
  const parts = blocks.map((one) => one.block.states.map((_, state) => partOf(stateFields, one, state)));
  const inState = (part: Part): Diagram =>
    part.reduceRight((rest, [field, value]) => store.choose(field, value, rest, regions.nothing), regions.everything);
  const reachable = blocks.reduce((region, { stateOf }, b) => {
    const own = regions.mergeAll([...new Set(stateOf)].map((state) => inState(parts[b]![state]!)));
    return regions.within(region, own);
  }, regions.everything);

  /** A function of headers that agrees with this one in every state in which this one is defined. */
  const withoutState = fromLeaves<Diagram>(
    store.branch,
    new Map(),
    (d) => (store.branch(d) ? undefined : d),
    (b, yes, no) => (b.field >= first ? regions.merge(yes, no) : store.choose(b.field, b.value, yes, no)),
  );
  const after: StateRegions['after'] = (diagram, block) => {
    const inEach = parts[block]!.map((part) =>
      part.reduce((rest, [field, value]) => store.assume(rest, field, value), diagram),
    );
    return blocks[block]!.stateOf.map((state) => inEach[state]!);
  };
  return {
    blocks,
    reachable,
    after,
    testedBy: (diagram) => {
      const tested = new Set<number>();
      const seen = new Set<Diagram>();
      const work = [diagram];
      for (let d = work.pop(); d !== undefined; d = work.pop()) {
        const b = store.branch(d);
        if (!b || seen.has(d)) continue;
        seen.add(d);
        if (b.field >= first) tested.add(blockOfField.get(b.field)!);
        work.push(b.yes, b.no);
      }
      return [...tested].sort((a, b) => a - b);
    },
    bySets: (diagram, block) => after(diagram, block).map(withoutState),
    isOfState: (field) => field >= first,
    asked: ({ match }) => {
      const sets = new Map<number, readonly number[]>();
      for (const [field, value] of match) {
        if (field < first) continue;
        const b = blockOfField.get(field)!;
        const { stateOf } = blocks[b]!;
        const before = sets.get(b) ?? [...stateOf.keys()];
        const holds = (set: number) => parts[b]![stateOf[set]!]!.some(([f, v]) => f === field && v === value);
        sets.set(b, before.filter(holds));
      }
      return sets;
    },
  };
}

/** The fields of a block's components, with the values that they have in one of its states. */
type Part = readonly (readonly [field: number, value: number])[];

const fieldOf = ({ first, components }: StateFields, component: number): number =>
  first + components.indexOf(component);

const partOf = (fields: StateFields, { block }: BlockStructure, state: number): Part =>
  block.indices
    .map((index, i) => [fieldOf(fields, index), fields.values[index]!.indexOf(block.states[state]![i]!)] as const)
    .sort(([a], [b]) => a - b);
