import type { Expression, FormulaNode, PropertyDeclaration } from './ast.js';

/** The tests of headers that a property has, whose values join the domains (spec 6.3). */
export function testsOf({ form }: PropertyDeclaration): Expression[] {
  const found: Expression[] = [];
  const visit = (formula: FormulaNode): void => {
    switch (formula.kind) {
      case 'constant':
        return;
      case 'observation':
        if (formula.test) found.push(formula.test);
        return;
      case 'and':
      case 'or':
        formula.operands.forEach(visit);
        return;
      default:
        visit(formula.body);
    }
  };
  visit(form.premise);
  if (form.kind === 'always') visit(form.conclusion);
  if (form.kind === 'leadsTo' || form.kind === 'inState') visit(form.outcome);
  return found;
}
