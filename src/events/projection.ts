import type { StatefulAtom, StateTest, StateVector } from '../language/program.js';
import { drop, identity, type NetkatAtom, type Policy } from '../netkat/policy.js';

/** Whether a test of the state holds of a vector. */
export const stateHolds = (test: StateTest, state: StateVector): boolean =>
  (state[test.component] === test.value) === test.equal;

/**
 * `[p]k` (paper Figure 5; spec 1.3): state tests become `true` or `false`, links that assign state plain links.
 * What `false` cuts off is left out, so that the size of a configuration is that of what its state can do.
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
    case 'sequence': {
      const parts: Policy<NetkatAtom>[] = [];
      for (const part of policy.parts) {
        const projected = project(part, state);
        if (isDrop(projected)) return drop;
        parts.push(projected);
      }
      return { kind: 'sequence', parts };
    }
    case 'union':
      return {
        kind: 'union',
        parts: policy.parts.map((part) => project(part, state)).filter((part) => !isDrop(part)),
      };
    case 'star':
      return { kind: 'star', body: project(policy.body, state) };
  }
}

const isDrop = (policy: Policy<NetkatAtom>): boolean => policy.kind === 'union' && policy.parts.length === 0;
