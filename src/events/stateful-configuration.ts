import type { Program } from '../language/program.js';
import { type Configuration, configuration, type Hop, type Output } from '../netkat/configuration.js';
import type { Headers } from '../netkat/fields.js';
import { drop, identity } from '../netkat/policy.js';
import type { PartialState } from './partial-states.js';
import { withoutState } from './projection.js';

/**
 * The configurations of all states as one: the components of the state are fields behind those of the headers, which
 * are asked for only where something depends on them. The index of a component that is needed is that of the field.
 * @param values for each component the values that it can take
 */
export function statefulConfiguration(
  { policy, fields }: Pick<Program, 'policy' | 'fields'>,
  values: readonly (readonly number[])[],
): (state: PartialState) => Configuration {
  const first = fields.length;
  const plain = withoutState(policy, ({ component, equal, value }) => {
    const index = values[component]!.indexOf(value);
    if (index < 0) return equal ? drop : identity;
    return { kind: 'atom', atom: { kind: 'test', field: first + component, equal, value: index } };
  });
  const { hop } = configuration(plain, first);
  const ofHeaders = (output: Output): Output => ({ ...output, headers: output.headers.slice(0, first) });
  return (state) => ({
    hop: (headers: Headers, at, position, asked): Hop => {
      const found = hop([...headers, ...state], at, position, asked);
      if (found.kind === 'needs') return found;
      // Copies that differ in nothing are one already: no copy changes the state.
      return { kind: 'outputs', outputs: found.outputs.map(ofHeaders) };
    },
  });
}
