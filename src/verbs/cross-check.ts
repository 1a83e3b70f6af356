import type { Enough } from '../engines/engine.js';
import type { ShownCheck } from '../report/result/result.js';
import type { Check } from '../theorems/checks.js';
import type { Attempts } from './prove-checks.js';

/** How far what is proved for any number of packets is explored all the same, to test proofs and exploration. */
export const crossCheckNames = ['budget', 'full', 'off'] as const;

export type CrossCheck = (typeof crossCheckNames)[number];

/**
 * A cross-check of `budget` visits so many states, if there are so many, however short the proofs were: some 0.2 s. So
 * small programs are explored to the end, on a busy machine too. (Of all models in `models/`, with 3 packets, `ring-8`
 * has most: 10,793 for Lemma 3.)
 */
export const leastStates = 12_000;

/**
 * When each of `count` cross-checks has done enough, from when it begins: together they take as long as the proofs
 * took, and what one leaves of its share is for those after it.
 */
export function shares(count: number, proofs_ms: number, now = (): number => performance.now()): () => Enough {
  let end: number | undefined;
  let left = count;
  return () => {
    const begun = now();
    end ??= begun + proofs_ms;
    return { time: begun + Math.max(0, end - begun) / left--, states: leastStates };
  };
}

/** How much there is to be learnt from an exploration, least first. */
const ranks = { refuted: 0, open: 1, proved: 2 } as const;

/**
 * The checks in the order in which they are explored: first those of which a condition of the proof is refuted, where a
 * violation is to be expected; last those that are proved.
 */
export const inOrder = (checks: readonly Check[], attempts: Attempts): Check[] => {
  const rank = ({ name }: Check): number => {
    const found = attempts.of.get(name);
    if (found?.kind === 'proved') return ranks.proved;
    return found?.isRefuted ? ranks.refuted : ranks.open;
  };
  return checks.toSorted((a, b) => rank(a) - rank(b));
};

/** What an exploration has found, with the number of packets up to which an unfinished one was complete. */
export interface Explored {
  readonly shown: ShownCheck;
  readonly reached?: number | undefined;
}

/** The verdict on a check that is proved, with how far it was explored; undefined if it was not. */
export function provedCheck(explored: Explored | undefined, packets: number): ShownCheck {
  if (!explored) return { status: 'proved', states: 0, counterexample: null };
  const { states, covered } = explored.shown;
  const complete = explored.shown.status === 'holds';
  const crossCheck = { packets: complete ? packets : (explored.reached ?? null), states, complete };
  return { status: 'proved', states, counterexample: null, ...(covered && { covered }), crossCheck };
}
