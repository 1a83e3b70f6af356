import type { Program, StatefulAtom } from '../language/program.js';
import { type Configuration, configuration, type Hop, type Output } from '../netkat/configuration.js';
import type { Headers } from '../netkat/fields.js';
import { drop, identity, type NetkatAtom, type Policy } from '../netkat/policy.js';

/**
 * A vector of which some components are not known: for each component the index of its value among those that it can
 * take, or `undetermined`.
 */
export type PartialState = readonly number[];

/**
 * The configurations of all states as one: the components of the state are fields behind those of the headers, which
 * are asked for only where something depends on them. The index of a component that is needed is that of the field.
 * @param values for each component the values that it can take
 */
export function statefulConfiguration(
  { policy, fields }: Pick<Program, 'policy' | 'fields'>,
  values: readonly (readonly number[])[],
): (state: PartialState) => Configuration {
  const { hop } = configuration(stateAsFields(policy, fields.length, values), fields.length);
  const withoutState = (output: Output): Output => ({ ...output, headers: output.headers.slice(0, fields.length) });
  return (state) => ({
    hop: (headers: Headers, at, position, asked): Hop => {
      const found = hop([...headers, ...state], at, position, asked);
      if (found.kind === 'needs') return found;
      // Copies that differ in nothing are one already: no copy changes the state.
      return { kind: 'outputs', outputs: found.outputs.map(withoutState) };
    },
  });
}

/** The policy with state tests as tests of fields behind those of the headers, and links that assign state as links. */
function stateAsFields(
  policy: Policy<StatefulAtom>,
  first: number,
  values: readonly (readonly number[])[],
): Policy<NetkatAtom> {
  switch (policy.kind) {
    case 'atom': {
      const { atom } = policy;
      if (atom.kind === 'testState') {
        const { component, equal } = atom;
        const value = values[component]!.indexOf(atom.value);
        if (value < 0) return equal ? drop : identity;
        return { kind: 'atom', atom: { kind: 'test', field: first + component, equal, value } };
      }
      if (atom.kind !== 'stateLink') return { kind: 'atom', atom };
      const { occurrence, from, to } = atom;
      return { kind: 'atom', atom: { kind: 'link', occurrence, from, to } };
    }
    case 'sequence':
      return { kind: 'sequence', parts: policy.parts.map((part) => stateAsFields(part, first, values)) };
    case 'union':
      return { kind: 'union', parts: policy.parts.map((part) => stateAsFields(part, first, values)) };
    case 'star':
      return { kind: 'star', body: stateAsFields(policy.body, first, values) };
  }
}
