import { type Field, type FieldName, fieldNames } from '../netkat/fields.js';
import { hostAddresses } from './addresses.js';
import type { Ast, Expression, LetDeclaration, PropertyDeclaration, ValueNode } from './ast.js';
import { isFieldName } from './keywords.js';
import { type Lookup, lowerPolicy } from './lower.js';
import { lowerProperty } from './lower-property.js';
import type { Program } from './program.js';
import type { Property } from './property.js';
import type { Scope } from './scope.js';
import { testsOf } from './tests-of-property.js';
import { type Domain, domainOf, type Key, readValue, type Spellings, spellingsOf } from './values.js';

/** A checked property, and where it stands. */
export interface PlacedProperty {
  readonly declaration: PropertyDeclaration;
  readonly place: Property['place'];
}

/** The program of a checked AST (spec 1.1, 1.2), with the domains computed and every name resolved. */
export function elaborate(ast: Ast, scope: Scope, asked: readonly PlacedProperty[]): Program {
  const tests = asked.flatMap(({ declaration }) => testsOf(declaration));
  const mentioned = mentionedValues([ast.policy, ...tests], scope.lets);
  const names = fieldNames.filter((name) => scope.domains.has(name) || mentioned.has(name));
  names.sort();
  const spelled = spellings(ast, mentioned);
  const key = (field: FieldName, node: ValueNode): Key => readValue(field, node, scope.hosts) as Key;
  const domains = names.map((name): Domain => {
    const declared = scope.domains.get(name);
    const keys = (mentioned.get(name) ?? []).map((node) => key(name, node));
    return domainOf(name, declared && [...declared.keys], keys, scope.hosts, spelled);
  });
  const indices = new Map(names.map((name, i) => [name, i]));
  const lookup: Lookup = {
    lets: scope.lets,
    fieldIndex: (field) => indices.get(field)!,
    valueIndex: (field, node) => domains[indices.get(field)!]!.index.get(key(field, node))!,
  };
  const { policy, occurrences, branches } = lowerPolicy(ast.policy, lookup);
  const fields: readonly Field[] = names.map((name, i) => ({ name, domain: domains[i]!.values }));
  const addresses = hostAddresses(scope.hosts, fields);
  const ordered = ast.declarations.flatMap((declaration) =>
    declaration.kind === 'ordered' ? [declaration.components.map(({ value }) => value)] : [],
  );
  const { topology } = scope.declared;
  const properties = asked.map(({ declaration, place }) => lowerProperty(declaration, { ...lookup, topology }, place));
  return {
    topology,
    addresses,
    fields,
    initial: scope.initial ?? [],
    ordered,
    properties,
    policy,
    occurrences,
    branches,
  };
}

/**
 * For each field, the values that the policy, with its `let`s expanded, tests the field for or assigns to it, and those
 * that properties test it for. A `let` that is not used does not count.
 */
function mentionedValues(
  expressions: readonly Expression[],
  lets: ReadonlyMap<string, LetDeclaration>,
): ReadonlyMap<FieldName, readonly ValueNode[]> {
  const mentioned = new Map<FieldName, ValueNode[]>();
  const visited = new Set<string>();
  function visit(expression: Expression): void {
    switch (expression.kind) {
      case 'test':
      case 'assign': {
        const name = expression.field.text;
        if (!isFieldName(name)) return;
        const values = mentioned.get(name) ?? [];
        values.push(expression.value);
        mentioned.set(name, values);
        return;
      }
      case 'name':
        if (visited.has(expression.name)) return;
        visited.add(expression.name);
        visit(lets.get(expression.name)!.body);
        return;
      case 'not':
      case 'star':
        visit(expression.body);
        return;
      case 'and':
      case 'or':
      case 'sequence':
      case 'union':
        expression.operands.forEach(visit);
        return;
      default:
    }
  }
  expressions.forEach(visit);
  return mentioned;
}

function spellings(ast: Ast, mentioned: ReadonlyMap<FieldName, readonly ValueNode[]>): Spellings {
  const declared = ast.declarations.flatMap((declaration) => (declaration.kind === 'field' ? declaration.values : []));
  return spellingsOf([...declared, ...[...mentioned.values()].flat()]);
}
