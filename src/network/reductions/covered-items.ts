import type { Observer } from '../observer.js';
import type { Told, Version } from '../state.js';
import type { Variant } from '../variants/variant.js';

/** Q, a bag, kept in one order, since any item may be taken; given what the controller knows. */
export type BagOf = (version: Version, controllerQueue: readonly Told[]) => readonly Told[];

/** Every item. */
export const everyItem: BagOf = (_version, controllerQueue) => [...controllerQueue].sort(compareTold);

/**
 * No item (part of the reduction `history`), where nobody is ever told what the controller knows: the switch that told
 * an item knows all that it says.
 */
export const noItem: BagOf = () => [];

/**
 * Q without what R and the controller's past cover, and without repetitions, where items are sets (part of the
 * reduction `history`): taking such an item would change nothing, now or later, since R and the past only grow. Lemma 3
 * speaks of `Q ∪ R`, which stays what it is.
 */
export const uncoveredItems =
  (variant: Variant, observer: Observer): BagOf =>
  (version, controllerQueue) => {
    const isCovered = ({ item, ghost }: Told) =>
      variant.receive(version.set, item) === version.set && observer.receive(version.ghost, ghost) === version.ghost;
    const left = controllerQueue.filter((told) => !isCovered(told)).sort(compareTold);
    return left.filter((told, i) => i === 0 || compareTold(left[i - 1]!, told) !== 0);
  };

export const compareTold = (a: Told, b: Told): number => a.item - b.item || a.ghost - b.ghost;
