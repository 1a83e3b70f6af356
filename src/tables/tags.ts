import { compareNumberLists } from '../events/event-set.js';
import type { ForwardingRule, TableBlock, TagMatch } from './tables.js';

/** A packet's tag: the number in the field of each block, in the order of the tables' blocks. */
export type Tag = readonly number[];

/** The field of one block for an event-set, of which only the block's events count; undefined if it is none of F. */
export function fieldOf({ events, eventSets }: TableBlock, set: readonly number[]): number | undefined {
  const part = events.filter((event) => set.includes(event)).join();
  return eventSets.find((one) => one.events.join() === part)?.tag;
}

/** The tag of a set of events; undefined if it is no event-set. */
export function tagOf(blocks: readonly TableBlock[], set: readonly number[]): Tag | undefined {
  const tag: number[] = [];
  for (const block of blocks) {
    const field = fieldOf(block, set);
    if (field === undefined) return undefined;
    tag.push(field);
  }
  return tag;
}

/** The event-sets of all blocks together, by size, then lexicographically: as many as the product has. */
export const eventSetsOf = (blocks: readonly TableBlock[]): (readonly number[])[] =>
  blocks
    .reduce<number[][]>(
      (all, { eventSets }) => eventSets.flatMap(({ events }) => all.map((set) => [...set, ...events])),
      [[]],
    )
    .map((set) => set.sort((a, b) => a - b))
    .sort(compareNumberLists);

/** How many those are. */
export const countSets = (blocks: readonly TableBlock[]): number =>
  blocks.reduce((product, { eventSets }) => product * eventSets.length, 1);

/** The bits of a block that copies its register: bit i stands for its i-th event. */
export const copiedField = ({ events }: Pick<TableBlock, 'events'>, set: readonly number[]): number =>
  events.reduce((field, event, i) => (set.includes(event) ? field + 2 ** i : field), 0);

/** Whether a rule is for packets of a tag. */
export const isForTag = ({ match: { tag = [] } }: Pick<ForwardingRule, 'match'>, of: Tag): boolean =>
  tag.every(({ block, value, mask }) => (of[block]! & mask) === value);

/** All fields of a tag as one number, as packets carry it. */
export const packTag = (blocks: readonly TableBlock[], tag: Tag): bigint =>
  blocks.reduce((all, { shift }, i) => all | (BigInt(tag[i]!) << BigInt(shift)), 0n);

/** What a rule asks of a tag as one number. */
export function packMatch(
  blocks: readonly TableBlock[],
  match: readonly TagMatch[],
): { readonly value: bigint; readonly mask: bigint } {
  let [value, mask] = [0n, 0n];
  for (const one of match) {
    const shift = BigInt(blocks[one.block]!.shift);
    value |= BigInt(one.value) << shift;
    mask |= BigInt(one.mask) << shift;
  }
  return { value, mask };
}

/** The tag of a rule in words: `0/1`, and with the number of the block where there are several: `b2 0/1`. */
export const showTagMatch = (blocks: number, match: readonly TagMatch[]): string =>
  match.map(({ block, value, mask }) => `${blocks > 1 ? `b${block} ` : ''}${value}/${mask}`).join(', ');
