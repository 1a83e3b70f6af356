import type { SetId } from '../../network/knowledge.js';
import type { Relabelling } from '../../network/observer.js';

/**
 * How a packet stands with Theorem 1: it is `kept` whatever follows, `broken` whatever follows, or it depends on events
 * yet to occur, and on which of them come after all its located packets.
 */
export type Standing<Claim> = 'kept' | 'violated' | { readonly open: Claim };

/**
 * Theorem 1 in one of its definitions (spec 4.3, 4.4), step by step. `Timeline` is what has occurred so far; a `Claim`
 * is what a packet still needs. Both are plain data.
 */
export interface Definition<Timeline, Claim> {
  readonly start: Timeline;
  /** Whether ≺ goes through the controller (spec 4.1). */
  readonly throughController: boolean;
  /** A packet enters: `past` are the events whose occurrence ≺ its IN, `treeOf` the event-sets that have its tree. */
  readonly enters: (timeline: Timeline, past: SetId, treeOf: readonly number[]) => Standing<Claim>;
  /** The events that occur where a packet arrives, in the order in which they do. */
  readonly occurring: (
    timeline: Timeline,
    past: SetId,
    labels: readonly number[],
    treeOf: readonly number[],
  ) => readonly number[];
  readonly advance: (timeline: Timeline, event: number) => Timeline;
  /** What has occurred, and what a packet needs, when events have other names. */
  readonly timelineAs: (timeline: Timeline, names: Relabelling) => Timeline;
  readonly claimAs: (claim: Claim, names: Relabelling) => Claim;
  /**
   * The standing after an event has occurred: `timeline` includes it, and `after` says whether all located packets of
   * the packet ≺ it.
   */
  readonly revise: (claim: Claim, timeline: Timeline, event: number, after: boolean) => Standing<Claim>;
}

/** Event-sets, by index, ascending, when they have other names. */
export const renamedTags = (tags: readonly number[], tag: Relabelling['tag']): readonly number[] =>
  tags.map(tag).sort((a, b) => a - b);
