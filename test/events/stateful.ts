import type { StatefulAtom, StateVector } from '../../src/language/program.js';
import type { Field, Headers } from '../../src/netkat/fields.js';
import { netkat } from '../netkat/evaluate.js';
import type { Language } from '../netkat/walks.js';

/**
 * Stateful NetKAT in state k, without projection: a test of the state is a filter, and a link that assigns state is a
 * link (paper Figure 5 read as a semantics; spec 1.3).
 */
export const inState =
  (state: StateVector): Language<StatefulAtom> =>
  (remember) => {
    const plain = netkat(remember);
    return (atom, copy) => {
      switch (atom.kind) {
        case 'testState':
          return (state[atom.component] === atom.value) === atom.equal ? [copy] : [];
        case 'stateLink':
          return plain({ ...atom, kind: 'link' }, copy);
        default:
          return plain(atom, copy);
      }
    };
  };

/** Every packet of the full domain of some fields. */
export const packetsOf = (fields: readonly Field[]): readonly Headers[] =>
  fields.reduce<readonly Headers[]>(
    (all, { domain }) => all.flatMap((headers) => domain.map((_, v) => [...headers, v])),
    [[]],
  );
