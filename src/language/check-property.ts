import { showLocation } from '../netkat/topology.js';
import type { Ast, Expression, FormulaNode, ObservationNode, PropertyDeclaration } from './ast.js';
import { checkFieldAtom, checkVector } from './check-policy.js';
import { portsOf } from './declare-topology.js';
import { quote, type Report } from './diagnostics.js';
import type { Scope } from './scope.js';
import { unknownHost } from './values.js';

/** The name that stands for no host in `delivered to nobody` (spec 6.1). */
export const nobody = 'nobody';

export const propertiesOf = ({ declarations }: Pick<Ast, 'declarations'>): readonly PropertyDeclaration[] =>
  declarations.filter((declaration) => declaration.kind === 'property');

/**
 * Checks the declared properties (spec 6.3): their names are unique, and the hosts, switches, ports, headers and
 * vectors of which they speak are there.
 * @param taken names that other properties have, in another file
 */
export function checkProperties(
  declarations: readonly PropertyDeclaration[],
  scope: Scope,
  report: Report,
  taken: ReadonlySet<string> = new Set(),
): void {
  const first = new Map<string, PropertyDeclaration>();
  for (const declaration of declarations) {
    const { name, form } = declaration;
    const earlier = first.get(name.text);
    if (earlier !== undefined)
      report('SNK105', name.span, `property ${quote(name.text)} is declared twice`, {
        elsewhere: { label: 'the first is', span: earlier.name.span },
      });
    else if (taken.has(name.text))
      report('SNK105', name.span, `the program has a property ${quote(name.text)} already`, {
        hint: 'properties of a program and of the file beside it have different names',
      });
    first.set(name.text, earlier ?? declaration);
    checkFormula(form.premise, scope, report);
    if (form.kind === 'always') checkFormula(form.conclusion, scope, report);
    if (form.kind === 'leadsTo' || form.kind === 'inState') checkFormula(form.outcome, scope, report);
    if (form.kind === 'inState' && form.state !== 'every') checkVector(form.state, { scope, report });
  }
}

function checkFormula(formula: FormulaNode, scope: Scope, report: Report): void {
  switch (formula.kind) {
    case 'constant':
      return;
    case 'observation':
      checkObservation(formula, scope, report);
      return;
    case 'and':
    case 'or':
      for (const operand of formula.operands) checkFormula(operand, scope, report);
      return;
    default:
      checkFormula(formula.body, scope, report);
  }
}

function checkObservation({ what, host, at, test }: ObservationNode, scope: Scope, report: Report): void {
  const { hosts, declared } = scope;
  if (host && !hosts.byName.has(host.text) && !(what === 'delivered' && host.text === nobody)) {
    const { rule, message, remarks } = unknownHost(host.text, hosts);
    report(rule, host.span, message, remarks);
  }
  if (host?.text === nobody && hosts.byName.has(nobody))
    report('SNK112', host.span, '`nobody` is no host in a property: it cannot be told from the host of this name', {
      hint: 'give the host another name',
    });
  if (at) {
    const { switches } = declared.topology;
    const { switch: n, port, span } = at;
    const place = showLocation({ switch: n, port: port ?? 0 });
    if (!switches.includes(n))
      report('SNK113', span, `there is no switch ${n}`, { hint: () => switchesInWords(switches) });
    else if (port !== undefined && !declared.locations.has(place))
      report('SNK113', span, `there is no port ${place}: no host and no link is declared there`, {
        hint: () => portsOf(n, declared.locations),
      });
  }
  if (test) checkTest(test, scope, report);
}

/** More switches than these are not listed. */
const maxListed = 12;

function switchesInWords(switches: readonly number[]): string {
  if (switches.length === 0) return 'no host and no link is declared';
  const more = switches.length > maxListed ? ', …' : '';
  return `the switches are ${switches.slice(0, maxListed).join(', ')}${more}`;
}

/** Reports what is no test of header fields alone. */
function checkTest(test: Expression, scope: Scope, report: Report): void {
  switch (test.kind) {
    case 'hole':
    case 'constant':
      return;
    case 'and':
    case 'or':
      for (const operand of test.operands) checkTest(operand, scope, report);
      return;
    case 'not':
      checkTest(test.body, scope, report);
      return;
    case 'test':
      if (test.field.text !== 'sw' && test.field.text !== 'pt') {
        checkFieldAtom(test, { scope, report });
        return;
      }
      report('SNK017', test.span, `${quote(test.field.text)} is no header: \`with\` tests header fields`, {
        hint: 'where a packet is, `at 1:2` says',
      });
      return;
    default:
      report('SNK017', test.span, '`with` takes tests of header fields', {
        expected: 'a test of a header field, such as `ip_dst=H1`',
      });
  }
}
