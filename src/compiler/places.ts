import type { Limits } from '../base/limits.js';
import { withoutState } from '../events/projection.js';
import type { Program, StatefulAtom, StateVector } from '../language/program.js';
import { entry, type Position } from '../netkat/configuration.js';
import { type Diagram, fromLeaves } from '../netkat/diagram.js';
import { type DiagramField, diagrams } from '../netkat/diagrams.js';
import { other } from '../netkat/fields.js';
import { hopDiagrams, portField } from '../netkat/hop-diagrams.js';
import { type Location, mapAtoms, type NetkatAtom, type Policy } from '../netkat/policy.js';
import { asCopy, type LinkedCopy, separate } from './copies.js';
import { outputKey, type PlaceDiagrams, type PlaceLeaf } from './outputs.js';
import type { ClosedFields } from './rules.js';

/** The hops of a program, by place, position and state. */
export interface PlaceHops {
  readonly store: PlaceDiagrams;
  /** `C_k(·, at, position)`, over all headers. */
  readonly at: (at: Location, position: Position, state: StateVector) => Diagram;
  /** The position that a number stands for; 0 is the entry. */
  readonly positions: readonly Position[];
  readonly closed: ClosedFields;
  /** The far end of the link that leaves a switch by a port. */
  readonly farEnd: (from: Location) => Location | undefined;
}

/** The domains of fields as diagrams need them: `other`, or else the last value, is the one that is implied. */
function domainsOf({ fields }: Program): DiagramField[] {
  return fields.map(({ domain }) => {
    const index = domain.indexOf(other);
    return { size: domain.length, implied: index < 0 ? domain.length - 1 : index };
  });
}

/**
 * The program as plain NetKAT in which the components of the state are fields, before those of headers: it is compiled
 * once for all states, and restricting the result to the values of state k gives `[p]k` (paper Figure 5).
 */
const stateAsFields = (policy: Policy<StatefulAtom>, components: number): Policy<NetkatAtom> =>
  withoutState(
    mapAtoms(policy, (atom) => {
      const isOfField = atom.kind === 'test' || atom.kind === 'assign';
      return { kind: 'atom', atom: isOfField ? { ...atom, field: atom.field + components } : atom };
    }),
    ({ component, equal, value }) => ({ kind: 'atom', atom: { kind: 'test', field: component, equal, value } }),
  );

/** Compiles every switch of a program. @throws LimitReached */
export function compileHops(program: Program, limits: Pick<Limits, 'deadline'>): PlaceHops {
  const components = program.initial.length;
  const domains = domainsOf(program);
  const policy = stateAsFields(program.policy, components);
  const perSwitch = new Map(
    program.topology.switches.map((n) => [
      n,
      hopDiagrams(policy, n, [...program.initial.map(() => undefined), ...domains], limits),
    ]),
  );
  const store = diagrams<PlaceLeaf>(
    [undefined, ...domains],
    (leaf) => (leaf ? leaf.map(outputKey).sort().join(' ') : 'any'),
    limits,
  );

  const positions: Position[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (position: Position): number => {
    const key = position.join();
    const known = numbers.get(key) ?? positions.push(position) - 1;
    numbers.set(key, known);
    return known;
  };
  numberOf(entry);

  const links = new Map(program.topology.links.map(({ from, to }) => [`${from.switch}:${from.port}`, to]));
  const done = new Map<string, Diagram>();
  const at = (here: Location, position: Position, state: StateVector): Diagram => {
    const key = `${here.switch}:${here.port}|${position}|${state}`;
    const found = done.get(key);
    if (found !== undefined) return found;
    const { store: hops, after, union } = perSwitch.get(here.switch)!;
    const together = position.map((q) => after.get(q)!).reduce(union);
    const restricted = state.reduce(
      (rest, value, i) => hops.assume(rest, i + 1, value),
      hops.assume(together, portField, here.port),
    );
    const toPlace = fromLeaves<Diagram>(
      hops.branch,
      new Map(),
      (d) =>
        hops.branch(d) ? undefined : outputs(hops.leafOf(d).map((action) => asCopy(action, here.port, components))),
      (b, yes, no) => store.choose(b.field - components, b.value, yes, no),
    );
    const result = toPlace(restricted);
    done.set(key, result);
    return result;
  };
  const outputs = (copies: readonly LinkedCopy[]): Diagram =>
    separate(store, copies, (copy) => ({ ...copy, next: copy.links.length > 0 ? numberOf(copy.links) : undefined }));

  const closed: ClosedFields = (field) => {
    const domain = program.fields[field - 1]?.domain;
    return domain && !domain.includes(other) ? [...domain.keys()] : undefined;
  };
  return { store, at, positions, closed, farEnd: (from) => links.get(`${from.switch}:${from.port}`) };
}
