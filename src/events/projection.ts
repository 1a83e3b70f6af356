import type { StatefulAtom, StateTest, StateVector } from '../language/program.js';
import { drop, identity, mapAtoms, type NetkatAtom, type Policy } from '../netkat/policy.js';

/** Whether a test of the state holds of a vector. */
export const stateHolds = (test: StateTest, state: StateVector): boolean =>
  (state[test.component] === test.value) === test.equal;

/**
 * `[p]k` (paper Figure 5; spec 1.3): state tests become `true` or `false`, and links that assign state become plain
 * links. What follows a `false` is kept: in best-effort another configuration may already have let a packet past the
 * test, and positions must be the same for every k (spec 1.4).
 */
export const project = (policy: Policy<StatefulAtom>, state: StateVector): Policy<NetkatAtom> =>
  withoutState(policy, (test) => (stateHolds(test, state) ? identity : drop));

/** The policy with another policy in the place of each test of the state, and plain links for those that assign it. */
export const withoutState = (
  policy: Policy<StatefulAtom>,
  image: (test: StateTest) => Policy<NetkatAtom>,
): Policy<NetkatAtom> =>
  mapAtoms(policy, (atom) => {
    if (atom.kind === 'testState') return image(atom);
    if (atom.kind !== 'stateLink') return { kind: 'atom', atom };
    const { occurrence, from, to } = atom;
    return { kind: 'atom', atom: { kind: 'link', occurrence, from, to } };
  });
