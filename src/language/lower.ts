import type { FieldName } from '../netkat/fields.js';
import { drop, identity, type Policy, type Span } from '../netkat/policy.js';
import type { Expression, LetDeclaration, LinkExpression, StateAssignment, ValueNode, VectorNode } from './ast.js';
import type { PolicyBranch, PolicyBranches, StatefulAtom } from './program.js';

type StatefulPolicy = Policy<StatefulAtom>;

/** What the translation looks up. Every name that it asks for has been checked to be there. */
export interface Lookup {
  readonly lets: ReadonlyMap<string, LetDeclaration>;
  readonly fieldIndex: (field: FieldName) => number;
  readonly valueIndex: (field: FieldName, value: ValueNode) => number;
}

/**
 * Translates a checked policy (paper Figure 4; spec 1.1): `let`s are expanded, tests become policies of atoms in
 * negation normal form, and link occurrences are numbered from 1 in the order that they have after expansion (spec
 * 1.4).
 */
export function lowerPolicy(
  policy: Expression,
  lookup: Lookup,
): { readonly policy: StatefulPolicy; readonly occurrences: readonly Span[]; readonly branches: PolicyBranches } {
  const occurrences: Span[] = [];
  const branches: PolicyBranch[] = [{ span: policy.span, parent: undefined, mayDoNothing: false }];
  const branchOf = new Map<StatefulAtom, number>();
  let branch = 0;
  const combine = createCombine();
  const atom = (value: StatefulAtom): StatefulPolicy => {
    branchOf.set(value, branch);
    return { kind: 'atom', atom: value };
  };
  /** An operand of a union, which is a branch of the policy. */
  const lowerBranch = (operand: Expression): StatefulPolicy => {
    const outer = branch;
    const own = branches.push({ span: operand.span, parent: outer, mayDoNothing: false }) - 1;
    branch = own;
    const lowered = lower(operand, true);
    branch = outer;
    branches[own] = { ...branches[own]!, mayDoNothing: doesNothing(lowered) };
    return lowered;
  };

  /** `isPositive` is false below an odd number of negations. */
  function lower(expression: Expression, isPositive: boolean): StatefulPolicy {
    switch (expression.kind) {
      case 'constant':
        return expression.value === isPositive ? identity : drop;
      case 'test':
      case 'assign':
        return atom(lowerFieldAtom(expression, isPositive, lookup));
      case 'testState': {
        const { component, equal, value } = expression;
        return atom({ kind: 'testState', component: component.value, equal: equal === isPositive, value });
      }
      case 'testVector':
        return lowerVectorTest(expression.vector, expression.equal === isPositive, { atom, combine });
      case 'link':
        occurrences.push(expression.span);
        return atom(lowerLink(expression, occurrences.length));
      case 'name':
        return lower(lookup.lets.get(expression.name)!.body, isPositive);
      case 'not':
        return lower(expression.body, !isPositive);
      case 'star':
        return { kind: 'star', body: lower(expression.body, true) };
      case 'hole':
        throw new Error('assertion: a program with syntax errors was translated');
      default: {
        const isConjunction = expression.kind === 'and' || expression.kind === 'sequence';
        // De Morgan's laws turn `&` and `|` into each other under a negation; a sequence or union is never negated.
        const kind = isConjunction === isPositive ? 'sequence' : 'union';
        return combine(
          kind,
          expression.operands.map((operand) =>
            expression.kind === 'union' ? lowerBranch(operand) : lower(operand, isPositive),
          ),
        );
      }
    }
  }

  return { policy: lower(policy, true), occurrences, branches: { all: branches, of: branchOf } };
}

/** Whether a packet may pass a policy by none of its atoms. */
function doesNothing(policy: StatefulPolicy): boolean {
  switch (policy.kind) {
    case 'atom':
      return false;
    case 'sequence':
      return policy.parts.every(doesNothing);
    case 'union':
      return policy.parts.some(doesNothing);
    case 'star':
      return true;
  }
}

type Combine = (kind: 'sequence' | 'union', parts: readonly StatefulPolicy[]) => StatefulPolicy;

/**
 * `p1; p2; …` or `p1 + p2 + …`, flattened: parts of the same kind are merged, repetitions that change nothing are left
 * out, and a single part is returned as it is. A repetition changes nothing if it is an equal part of a union (each
 * link is an occurrence of its own, so that parts with links are never equal), or a test or an assignment right after
 * the same one.
 */
function createCombine(): Combine {
  const numbers = new Map<string, number>();
  const known = new WeakMap<StatefulPolicy, number | undefined>();
  const compute = (policy: StatefulPolicy): number | undefined => {
    const content = contentOf(policy);
    if (content === undefined) return undefined;
    const number = numbers.get(content) ?? numbers.size;
    numbers.set(content, number);
    return number;
  };
  const contentOf = (policy: StatefulPolicy): string | undefined => {
    if (policy.kind === 'atom') return isLink(policy.atom) ? undefined : JSON.stringify(policy.atom);
    const parts = (policy.kind === 'star' ? [policy.body] : policy.parts).map(numberOf);
    return parts.includes(undefined) ? undefined : `${policy.kind} ${parts.join(' ')}`;
  };
  /** Equal numbers for equal policies without links; those with links have none. Each is looked at once. */
  const numberOf = (policy: StatefulPolicy): number | undefined => {
    if (!known.has(policy)) known.set(policy, compute(policy));
    return known.get(policy);
  };

  return (kind, parts) => {
    const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
    const seen = new Set<number>();
    const once = flat.filter((part, i) => {
      const number = numberOf(part);
      if (number === undefined) return true;
      const before = flat[i - 1];
      if (kind === 'sequence') return part.kind !== 'atom' || before === undefined || numberOf(before) !== number;
      return seen.size < seen.add(number).size;
    });
    return once.length === 1 ? once[0]! : { kind, parts: once };
  };
}

const isLink = ({ kind }: StatefulAtom): boolean => kind === 'link' || kind === 'stateLink';

function lowerFieldAtom(
  { kind, field, equal, value }: Extract<Expression, { kind: 'test' | 'assign' }>,
  isPositive: boolean,
  lookup: Lookup,
): StatefulAtom {
  const holds = equal === isPositive;
  const number = value.kind === 'integer' ? value.value : 0;
  if (field.text === 'sw') return { kind: 'testSwitch', equal: holds, switch: number };
  if (field.text === 'pt') {
    return kind === 'assign' ? { kind: 'assignPort', port: number } : { kind: 'testPort', equal: holds, port: number };
  }
  const name = field.text as FieldName;
  const indices = { field: lookup.fieldIndex(name), value: lookup.valueIndex(name, value) };
  return kind === 'assign' ? { kind: 'assign', ...indices } : { kind: 'test', equal: holds, ...indices };
}

/** `state=[1,_]` is a conjunction over its components, `state!=[…]` a disjunction; `_` does not matter. */
function lowerVectorTest(
  { components }: VectorNode,
  equal: boolean,
  { atom, combine }: { readonly atom: (value: StatefulAtom) => StatefulPolicy; readonly combine: Combine },
): StatefulPolicy {
  const tests = components.flatMap(({ value }, component): readonly StatefulPolicy[] =>
    value === '_' ? [] : [atom({ kind: 'testState', component, equal, value })],
  );
  return combine(equal ? 'sequence' : 'union', tests);
}

function lowerLink({ from, to, assignment }: LinkExpression, occurrence: number): StatefulAtom {
  const ends = {
    occurrence,
    from: { switch: from.switch, port: from.port },
    to: { switch: to.switch, port: to.port },
  };
  const assignments = assignment === undefined ? [] : lowerAssignment(assignment);
  // `state<-[_]` assigns nothing, so it is a plain link.
  return assignments.length === 0 ? { kind: 'link', ...ends } : { kind: 'stateLink', ...ends, assignments };
}

function lowerAssignment(assignment: StateAssignment): readonly { component: number; value: number }[] {
  if (assignment.kind === 'component') return [{ component: assignment.component.value, value: assignment.value }];
  return assignment.vector.components.flatMap(({ value }, component) => (value === '_' ? [] : [{ component, value }]));
}
