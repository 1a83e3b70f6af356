import type { FieldName } from '../netkat/fields.js';
import type { Topology } from '../netkat/topology.js';
import type { Expression, FormNode, FormulaNode, ObservationNode, PropertyDeclaration } from './ast.js';
import { nobody } from './check-property.js';
import type { Lookup } from './lower.js';
import { printing } from './print-program.js';
import { printForm } from './print-property.js';
import type { HeaderTest, Property, PropertyForm, Psi, Sight } from './property.js';

/** What the translation looks up; all names have been checked to be there. */
export interface PropertyLookup extends Pick<Lookup, 'fieldIndex' | 'valueIndex'> {
  readonly topology: Topology;
}

/** A checked property with its names resolved (spec 6.3). */
export const lowerProperty = (
  { name, form }: PropertyDeclaration,
  lookup: PropertyLookup,
  place: Property['place'],
): Property => ({ name: name.text, form: lowerForm(form, lookup), text: printForm(form, printing), place });

function lowerForm(form: FormNode, lookup: PropertyLookup): PropertyForm {
  const premise = lowerFormula(form.premise, lookup);
  switch (form.kind) {
    case 'always':
      return { kind: 'always', premise, conclusion: lowerFormula(form.conclusion, lookup) };
    case 'never':
      return { kind: 'always', premise, conclusion: { kind: 'constant', value: false } };
    case 'leadsTo':
      return { kind: 'leadsTo', premise, outcome: lowerFormula(form.outcome, lookup) };
    case 'atMost':
      return { kind: 'atMost', most: form.most.value, premise };
    case 'inState': {
      const { state } = form;
      const vector = state === 'every' ? state : state.components.map(({ value }) => (value === '_' ? 0 : value));
      return { kind: 'inState', state: vector, premise, outcome: lowerFormula(form.outcome, lookup) };
    }
  }
}

function lowerFormula(formula: FormulaNode, lookup: PropertyLookup): Psi {
  switch (formula.kind) {
    case 'constant':
      return { kind: 'constant', value: formula.value };
    case 'observation': {
      const test: HeaderTest = formula.test ? lowerTest(formula.test, lookup) : { kind: 'constant', value: true };
      return { kind: 'observation', sight: lowerSight(formula, lookup), test };
    }
    case 'and':
    case 'or':
      return { kind: formula.kind, parts: formula.operands.map((operand) => lowerFormula(operand, lookup)) };
    default:
      return { kind: formula.kind, body: lowerFormula(formula.body, lookup) };
  }
}

function lowerSight({ what, host, at }: ObservationNode, { topology }: PropertyLookup): Sight {
  switch (what) {
    case 'sent':
    case 'delivered': {
      if (host === undefined) return { what, at: 'any' };
      if (host.text === nobody) return { what: nobody };
      return { what, at: topology.hosts.find(({ name }) => name === host.text)!.at };
    }
    case 'at':
      return { what, switch: at!.switch, port: at!.port ?? null };
    case 'dropped':
      return { what, switch: at?.switch ?? null };
  }
}

function lowerTest(test: Expression, lookup: PropertyLookup): HeaderTest {
  switch (test.kind) {
    case 'constant':
      return { kind: 'constant', value: test.value };
    case 'test': {
      const field = test.field.text as FieldName;
      const value = lookup.valueIndex(field, test.value);
      return { kind: 'literal', field: lookup.fieldIndex(field), equal: test.equal, value };
    }
    case 'not':
      return { kind: 'not', body: lowerTest(test.body, lookup) };
    case 'and':
    case 'or':
      return { kind: test.kind, parts: test.operands.map((operand) => lowerTest(operand, lookup)) };
    default:
      throw new Error(`assertion: ${test.kind} is no test of a property that was read`);
  }
}
