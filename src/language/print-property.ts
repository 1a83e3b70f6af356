import { showLocation } from '../netkat/topology.js';
import type { Expression, FormNode, FormulaNode, ObservationNode, PropertyDeclaration } from './ast.js';

/** How tests and vectors are printed, which is the printer's of programs. */
export interface Printing {
  readonly test: (test: Expression) => string;
  readonly vector: (vector: readonly number[]) => string;
}

/** A property on one line, as it is declared (spec 6.3). */
export const printProperty = ({ name, form }: PropertyDeclaration, printing: Printing): string =>
  `property ${name.text}: ${printForm(form, printing)};`;

/** What a property says, without its name. */
export function printForm(form: FormNode, printing: Printing): string {
  const formula = (node: FormulaNode): string => printFormula(node, printing, 0);
  switch (form.kind) {
    case 'always':
      return `always ${formula(form.premise)} => ${formula(form.conclusion)}`;
    case 'never':
      return `never ${formula(form.premise)}`;
    case 'leadsTo':
      return `every ${formula(form.premise)} leads to ${formula(form.outcome)}`;
    case 'atMost':
      return `at most ${form.most.value} ${formula(form.premise)}`;
    case 'inState': {
      const { state } = form;
      const where =
        state === 'every'
          ? 'every state'
          : `state ${printing.vector(state.components.map(({ value }) => (value === '_' ? 0 : value)))}`;
      return `in ${where}: every ${formula(form.premise)} leads to ${formula(form.outcome)}`;
    }
  }
}

const levels = { or: 0, and: 1, unary: 2 } as const;

/** `level` is how tightly what stands around binds. */
function printFormula(node: FormulaNode, printing: Printing, level: number): string {
  switch (node.kind) {
    case 'constant':
      return String(node.value);
    case 'observation':
      return printObservation(node, printing);
    case 'not':
      return `!${printFormula(node.body, printing, levels.unary)}`;
    case 'before':
    case 'earlier':
    case 'via':
      return `${node.kind} ${printFormula(node.body, printing, levels.unary)}`;
    case 'and':
    case 'or': {
      const own = levels[node.kind];
      const text = node.operands
        .map((operand) => printFormula(operand, printing, own + 1))
        .join(node.kind === 'and' ? ' & ' : ' | ');
      return level > own ? `(${text})` : text;
    }
  }
}

function printObservation({ what, host, at, test }: ObservationNode, printing: Printing): string {
  const by = host && `${what === 'sent' ? 'by' : 'to'} ${host.text}`;
  const place = at && (at.port === undefined ? String(at.switch) : showLocation({ switch: at.switch, port: at.port }));
  const where = by ?? (place && (what === 'dropped' ? `at ${place}` : place));
  return [what, where, test && `with ${printing.test(test)}`].filter((part) => part !== undefined).join(' ');
}
