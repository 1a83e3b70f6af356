import type { StatefulAtom, StateTest, StateVector } from '../language/program.js';
import { drop, identity, type NetkatAtom, type Policy } from '../netkat/policy.js';

/** Whether a test of the state holds of a vector. */
export const stateHolds = (test: StateTest, state: StateVector): boolean =>
  (state[test.component] === test.value) === test.equal;

/**
 * `[p]k` (paper Figure 5; spec 1.3): state tests become `true` or `false`, and links that assign state become plain
 * links. What follows a `false` is kept: in best-effort another configuration may already have let a packet past the
 * test, and positions must be the same for every k (spec 1.4).
 */
export function project(policy: Policy<StatefulAtom>, state: StateVector): Policy<NetkatAtom> {
  switch (policy.kind) {
    case 'atom': {
      const { atom } = policy;
      if (atom.kind === 'testState') return stateHolds(atom, state) ? identity : drop;
      if (atom.kind !== 'stateLink') return { kind: 'atom', atom };
      const { occurrence, from, to } = atom;
      return { kind: 'atom', atom: { kind: 'link', occurrence, from, to } };
    }
    case 'sequence':
      return { kind: 'sequence', parts: policy.parts.map((part) => project(part, state)) };
    case 'union':
      return { kind: 'union', parts: policy.parts.map((part) => project(part, state)) };
    case 'star':
      return { kind: 'star', body: project(policy.body, state) };
  }
}
