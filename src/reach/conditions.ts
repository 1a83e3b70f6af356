import type { Diagram } from '../netkat/diagram.js';
import type { Diagrams } from '../netkat/diagrams.js';
import type { Value } from '../netkat/fields.js';

/** What a field may be: one of some values, or none of them. */
export interface Constraint {
  readonly field: string;
  readonly isOneOf: boolean;
  readonly values: readonly Value[];
}

/** Constraints that must all hold; none if everything satisfies it. */
export type Conjunction = readonly Constraint[];

/** A field by its name, with the names of its values. */
export interface NamedField {
  readonly name: string;
  readonly domain: readonly Value[];
}

/** The conjunctions, each true of other packets, that together say when a leaf is as is wanted; at most so many. */
export function conjunctionsOf<Leaf>(
  store: Diagrams<Leaf>,
  diagram: Diagram,
  fields: readonly NamedField[],
  isWanted: (leaf: Leaf) => boolean,
  most: number,
): { readonly conjunctions: Conjunction[]; readonly isWhole: boolean } {
  const leads = leadsTo(store, isWanted);
  const conjunctions: Conjunction[] = [];
  let isWhole = true;
  const visit = (at: Diagram, above: Conjunction): void => {
    if (!leads(at)) return;
    if (conjunctions.length >= most) {
      isWhole = false;
      return;
    }
    const branch = store.branch(at);
    if (!branch) {
      conjunctions.push(above);
      return;
    }
    const { name, domain } = fields[branch.field]!;
    // All tests of the field, and what is left where none succeeds.
    const byNext = new Map<Diagram, number[]>();
    let rest = at;
    for (let test = store.branch(rest); test?.field === branch.field; test = store.branch(rest)) {
      byNext.set(test.yes, [...(byNext.get(test.yes) ?? []), test.value]);
      rest = test.no;
    }
    for (const [next, values] of byNext)
      visit(next, [...above, { field: name, isOneOf: true, values: values.map((v) => domain[v]!) }]);
    const excluded = [...byNext.values()].flat().sort((a, b) => a - b);
    visit(rest, [...above, { field: name, isOneOf: false, values: excluded.map((value) => domain[value]!) }]);
  };
  visit(diagram, []);
  return { conjunctions, isWhole };
}

/** Whether a diagram comes to a leaf that is wanted; each node is looked at once. */
function leadsTo<Leaf>(store: Diagrams<Leaf>, isWanted: (leaf: Leaf) => boolean): (diagram: Diagram) => boolean {
  const known = new Map<Diagram, boolean>();
  return (diagram) => {
    const found = known.get(diagram) ?? store.leaves(diagram).some(isWanted);
    known.set(diagram, found);
    return found;
  };
}

/** A conjunction as formulas are written; `true` if everything satisfies it. */
export function showConjunction(conjunction: Conjunction): string {
  const literals = conjunction.flatMap(({ field, isOneOf, values }) => {
    if (!isOneOf) return values.map((value) => `${field}!=${value}`);
    const one = values.map((value) => `${field}=${value}`).join(' | ');
    return values.length === 1 ? [one] : [`(${one})`];
  });
  return literals.join(' & ') || 'true';
}
