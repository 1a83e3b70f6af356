import type { Limits } from '../base/limits.js';
import type { BlockStructure } from '../events/event-structure.js';
import type { ComponentValues } from '../events/partial-states.js';
import { withoutState } from '../events/projection.js';
import type { Program, StatefulAtom } from '../language/program.js';
import { entry, type Position } from '../netkat/configuration.js';
import { type Diagram, fromLeaves } from '../netkat/diagram.js';
import { type DiagramField, diagrams } from '../netkat/diagrams.js';
import { other } from '../netkat/fields.js';
import { hopDiagrams, portField } from '../netkat/hop-diagrams.js';
import { drop, identity, type Location, type NetkatAtom, type Policy } from '../netkat/policy.js';
import { asCopy, type LinkedCopy, separate } from './copies.js';
import { outputKey, type PlaceDiagrams, type PlaceLeaf } from './outputs.js';
import type { ClosedFields } from './rules.js';

/** The hops of a program, by place and position. */
export interface PlaceHops {
  readonly store: PlaceDiagrams;
  readonly stateFields: StateFields;
  /** `C_k(·, at, position)`, over all headers and all vectors k. */
  readonly at: (at: Location, position: Position) => Diagram;
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

/** The components of the state as fields of diagrams, behind those of headers: those of one block stand together. */
export interface StateFields {
  /** The number of the first of them, in the diagrams of places. */
  readonly first: number;
  /** The component of each, in order. */
  readonly components: readonly number[];
  /** For each component the values that it can take: in diagrams a value is its index here. */
  readonly values: ComponentValues;
}

/** The fields of the state, block by block. */
const stateFieldsOf = (
  { fields }: Program,
  blocks: readonly BlockStructure[],
  values: ComponentValues,
): StateFields => ({
  first: fields.length + 1,
  components: blocks.flatMap(({ block }) => block.indices),
  values,
});

/**
 * The program as plain NetKAT in which the components of the state are fields, behind those of headers: it is compiled
 * once for all states, and restricting the result to the values of state k gives `[p]k` (paper Figure 5). Headers come
 * first, so that what hosts do that each ask for a component of their own is told apart by the host, and each such way
 * tests one component.
 */
const stateAsFields = (policy: Policy<StatefulAtom>, { first, components, values }: StateFields): Policy<NetkatAtom> =>
  withoutState(policy, ({ component, equal, value }) => {
    const index = values[component]!.indexOf(value);
    if (index < 0) return equal ? drop : identity;
    const field = first - 1 + components.indexOf(component);
    return { kind: 'atom', atom: { kind: 'test', field, equal, value: index } };
  });

/** Compiles every switch of a program. @throws LimitReached */
export function compileHops(
  program: Program,
  blocks: readonly BlockStructure[],
  values: ComponentValues,
  limits: Pick<Limits, 'deadline'>,
): PlaceHops {
  const stateFields = stateFieldsOf(program, blocks, values);
  const ofState = stateFields.components.map((component): DiagramField => {
    const size = values[component]!.length;
    return { size, implied: size - 1 };
  });
  const domains = [...domainsOf(program), ...ofState];
  const policy = stateAsFields(program.policy, stateFields);
  const perSwitch = new Map(program.topology.switches.map((n) => [n, hopDiagrams(policy, n, domains, limits)]));
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
  const at = (here: Location, position: Position): Diagram => {
    const key = `${here.switch}:${here.port}|${position}`;
    const found = done.get(key);
    if (found !== undefined) return found;
    const { store: hops, after, union } = perSwitch.get(here.switch)!;
    const together = position.map((q) => after.get(q)!).reduce(union);
    const restricted = hops.assume(together, portField, here.port);
    const toPlace = fromLeaves<Diagram>(
      hops.branch,
      new Map(),
      (d) => (hops.branch(d) ? undefined : outputs(hops.leafOf(d).map((action) => asCopy(action, here.port)))),
      (b, yes, no) => store.choose(b.field, b.value, yes, no),
    );
    const result = toPlace(restricted);
    done.set(key, result);
    return result;
  };
  const outputs = (copies: readonly LinkedCopy[]): Diagram =>
    separate(store, copies, (copy) => ({ ...copy, next: copy.links.length > 0 ? numberOf(copy.links) : undefined }));

  const closed: ClosedFields = (field) => {
    const ofField = stateFields.components[field - stateFields.first];
    if (ofField !== undefined) return [...values[ofField]!.keys()];
    const domain = program.fields[field - 1]?.domain;
    return domain && !domain.includes(other) ? [...domain.keys()] : undefined;
  };
  return { store, stateFields, at, positions, closed, farEnd: (from) => links.get(`${from.switch}:${from.port}`) };
}
