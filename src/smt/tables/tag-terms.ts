import { members } from '../../events/event-set.js';
import type { BlockStructure, EventStructure } from '../../events/event-structure.js';
import { eventfulBlocks } from '../../events/eventful-blocks.js';
import type { StateVector } from '../../language/program.js';
import { undetermined } from '../../netkat/fields.js';
import type { Tables } from '../../tables/tables.js';
import { fieldOf } from '../../tables/tags.js';
import type { Definitions } from '../solver/definitions.js';
import { allOf, anyOf, bits, equal, no, type Term, yes } from '../solver/term.js';
import type { Widths } from './switch.js';

/** A block of the program, with the field that tables have for it. */
export interface ComparedBlock extends Pick<BlockStructure, 'block' | 'events' | 'eventSets'> {
  /** For each event-set its field in tags. */
  readonly tags: readonly number[];
  /** For each event-set the block's part of the vector. */
  readonly vectorOf: readonly StateVector[];
}

/** The blocks of a program in the order of its tables, which must match it (`match-program.ts`). */
export function comparedBlocks(structure: EventStructure, tables: Tables): ComparedBlock[] {
  const own = eventfulBlocks(structure);
  return tables.blocks.map((theirs) => {
    const events = theirs.events.join();
    const found = own.find((one) => members(one.events).join() === events)!;
    return {
      block: found.block,
      events: found.events,
      eventSets: found.eventSets,
      tags: found.eventSets.map((set) => fieldOf(theirs, members(set))!),
      vectorOf: found.stateOf.map((state) => found.block.states[state]!),
    };
  });
}

/** A packet's tag as terms: any event-set of each block. */
export interface TagTerms {
  /** The field of each block. */
  readonly tag: readonly Term[];
  /** That each field is that of an event-set. */
  readonly isTag: Term;
  /** That the tag's event-sets are these, by index, where they are determined. */
  readonly isTagged: (sets: readonly number[]) => Term;
  /** Whether a component of the vector after the tag's event-set has a value. */
  readonly stateIs: (component: number, value: number) => Term;
}

/** The name of the constant that is the field of a block. */
export const tagName = (block: number): string => `tag${block}`;

export function anyTag(
  blocks: readonly ComparedBlock[],
  initial: StateVector,
  widths: Widths,
  head: Definitions,
): TagTerms {
  const tag = blocks.map((_, b) => head.constant(tagName(b), widths.fields[b]!));
  const hasField = (b: number, field: number): Term => equal(tag[b]!, bits(field, widths.fields[b]!));
  const blockOf = new Map(
    blocks.flatMap(({ block }, b) => block.indices.map((index, i) => [index, { b, i }] as const)),
  );
  const known = new Map<string, Term>();
  return {
    tag,
    isTag: allOf(
      blocks.map(({ tags }, b) =>
        tags.length === 2 ** widths.fields[b]!
          ? yes
          : head.define(anyOf(tags.map((field) => hasField(b, field))), 'Bool'),
      ),
    ),
    isTagged: (sets) =>
      allOf(sets.flatMap((set, b) => (set === undetermined ? [] : [hasField(b, blocks[b]!.tags[set]!)]))),
    stateIs: (component, value) => {
      const place = blockOf.get(component);
      if (!place) return initial[component] === value ? yes : no;
      const key = `${component}=${value}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const { tags, vectorOf } = blocks[place.b]!;
      const holding = tags.filter((_, set) => vectorOf[set]![place.i] === value);
      const isAll = holding.length === tags.length;
      const term = isAll ? yes : head.define(anyOf(holding.map((field) => hasField(place.b, field))), 'Bool');
      known.set(key, term);
      return term;
    },
  };
}
