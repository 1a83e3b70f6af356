import type { Algebra } from './algebra.js';

/**
 * What the rules of Figure 6, with the repairs of spec 3.1 (`tagged`), do to sets of events, over any algebra: all that
 * the proofs know of them. Tests hold these against `execution/tagged.ts`, and plant faults by putting others in their
 * place.
 */
export interface Rules {
  /** IN: the tag of a packet that enters at a switch with this E_n. */
  readonly stamp: <S, T, E>(a: Algebra<S, T, E>, eventSet: S) => S;
  /** IN: the digest of a packet that enters. */
  readonly firstDigest: <S, T, E>(a: Algebra<S, T, E>, eventSet: S) => S;
  /** SW: E', where the packet matches just these events. */
  readonly detect: <S, T, E>(a: Algebra<S, T, E>, eventSet: S, digest: S, matching: S) => S;
  /** SW: the digest of every output. */
  readonly passOn: <S, T, E>(a: Algebra<S, T, E>, eventSet: S, digest: S, detected: S) => S;
  /** SW: E_n after the step. */
  readonly learn: <S, T, E>(a: Algebra<S, T, E>, eventSet: S, digest: S, detected: S) => S;
  /** SW: what the controller is told, if E' is not empty. */
  readonly tell: <S, T, E>(a: Algebra<S, T, E>, eventSet: S, digest: S, detected: S) => S;
  /** LINK: the digest at the other end. */
  readonly cross: <S, T, E>(a: Algebra<S, T, E>, digest: S) => S;
  /** CTRLRECV: R after an item of Q is taken. */
  readonly receive: <S, T, E>(a: Algebra<S, T, E>, known: S, item: S) => S;
  /** CTRLSEND: E_n after the controller has informed the switch. */
  readonly send: <S, T, E>(a: Algebra<S, T, E>, eventSet: S, known: S) => S;
}

/** The rules of `tagged` (spec 3, 3.1). */
export const taggedRules: Rules = {
  stamp: (_, eventSet) => eventSet,
  firstDigest: (a) => a.empty,
  detect: (a, eventSet, digest, matching) => {
    const heard = a.union(eventSet, digest);
    let detected = a.empty;
    // In order of id: each event must be consistent with those detected before it.
    for (const e of a.candidates(heard)) {
      const isNew = a.and(a.contains(matching, e), a.not(a.contains(heard, e)), a.enables(heard, e));
      detected = a.addIf(a.and(isNew, a.isConsistent(a.with(a.union(heard, detected), e))), detected, e);
    }
    return detected;
  },
  passOn: (a, eventSet, digest, detected) => a.union(a.union(digest, eventSet), detected),
  learn: (a, eventSet, digest, detected) => a.union(a.union(eventSet, digest), detected),
  tell: (a, eventSet, digest, detected) => a.union(a.union(eventSet, digest), detected),
  cross: (_, digest) => digest,
  receive: (a, known, item) => a.union(known, item),
  send: (a, eventSet, known) => a.union(eventSet, known),
};
