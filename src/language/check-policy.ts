import { nearestName } from '../base/nearest-name.js';
import type { Span } from '../netkat/policy.js';
import { type Ast, type Expression, type LetDeclaration, maxDepth, type VectorNode } from './ast.js';
import { checkLink } from './declare-topology.js';
import { quote, type Report } from './diagnostics.js';
import { isFieldName } from './keywords.js';
import { printValue } from './print-program.js';
import { reportUnknownField, type Scope } from './scope.js';
import { readValue } from './values.js';

/** How many nodes the expansion of `let`s may add to the policy, or to the body of another `let`. */
const maxExpansion = 200_000;

/** What the check of an expression finds; its sort is `unknown` if something in it was reported already. */
interface Checked {
  readonly sort: 'test' | 'policy' | 'unknown';
  /** The numbers of nodes and of levels that the expression has once its `let`s are expanded. */
  readonly size: number;
  readonly depth: number;
}

interface Context {
  readonly scope: Scope;
  readonly report: Report;
  /** The `let`s that may be used here, by name. */
  readonly earlier: ReadonlyMap<string, Checked>;
  /** How many nodes expansions have added so far to the body that is checked. */
  expanded: number;
}

/**
 * Checks the bodies of the `let`s, each once, and the policy (spec 1.1): sorts of tests and policies, names, values,
 * state vectors, links, and how large their expansions will be. Recurses at most `maxDepth` deep.
 */
export function checkPolicy(ast: Ast, scope: Scope, report: Report): void {
  const earlier = new Map<string, Checked>();
  let isExpansionReported = false;
  const limited: Report = (rule, span, message, remarks) => {
    const isExpansion = rule === 'SNK013' || rule === 'SNK014';
    // If one expansion is too large, so are all that use it; only the first is reported.
    if (!isExpansion || !isExpansionReported) report(rule, span, message, remarks);
    isExpansionReported ||= isExpansion;
  };
  for (const declaration of ast.declarations) {
    if (declaration.kind === 'ordered')
      for (const component of declaration.components)
        checkComponent(component, { scope, report, earlier, expanded: 0 });
    if (declaration.kind !== 'let') continue;
    const checked = check(declaration.body, { scope, report: limited, earlier, expanded: 0 });
    // A name that stands for another name is a level too, since passes recurse through it.
    const depth = checked.depth + (declaration.body.kind === 'name' ? 1 : 0);
    if (!earlier.has(declaration.name.text)) earlier.set(declaration.name.text, { ...checked, depth });
  }
  check(ast.policy, { scope, report: limited, earlier, expanded: 0 });
}

const atom = (sort: Checked['sort'], size = 1): Checked => ({ sort, size, depth: 1 });

function check(expression: Expression, context: Context, level = 1): Checked {
  switch (expression.kind) {
    case 'constant':
      return atom('test');
    case 'hole':
      return atom('unknown');
    case 'test':
    case 'assign':
      checkFieldAtom(expression, context);
      return atom(expression.kind === 'test' ? 'test' : 'policy');
    case 'testState':
      checkComponent(expression.component, context);
      return atom('test');
    case 'testVector':
      checkVector(expression.vector, context);
      return atom('test', expression.vector.components.length);
    case 'link': {
      const { assignment } = expression;
      checkLink(expression, context.scope.declared, context.report);
      if (assignment?.kind === 'vector') checkVector(assignment.vector, context);
      if (assignment?.kind === 'component') checkComponent(assignment.component, context);
      return atom('policy', assignment?.kind === 'vector' ? assignment.vector.components.length : 1);
    }
    case 'name':
      return checkName(expression.name, expression.span, context, level);
    case 'not':
    case 'star': {
      const body = check(expression.body, context, level + 1);
      if (expression.kind === 'not') checkIsTest(expression.body, body, '!', context.report);
      return { sort: expression.kind === 'not' ? 'test' : 'policy', size: body.size + 1, depth: body.depth + 1 };
    }
    default: {
      const isTest = expression.kind === 'and' || expression.kind === 'or';
      let size = 1;
      let depth = 0;
      for (const operand of expression.operands) {
        const checked = check(operand, context, level + 1);
        if (isTest) checkIsTest(operand, checked, expression.kind === 'and' ? '&' : '|', context.report);
        size += checked.size;
        depth = Math.max(depth, checked.depth);
      }
      return { sort: isTest ? 'test' : 'policy', size, depth: depth + 1 };
    }
  }
}

const operatorHints = {
  '&': 'what is done in order is written `p; q`',
  '|': 'a choice between policies is written `p + q`',
  '!': 'only a test can be negated',
} as const;

function checkIsTest(
  operand: Expression,
  checked: Checked,
  operator: keyof typeof operatorHints,
  report: Report,
): void {
  if (checked.sort !== 'policy') return;
  const message = `\`${operator}\` applies to tests only, and this is ${describe(operand)}`;
  report('SNK010', operand.span, message, { expected: 'a test', hint: operatorHints[operator] });
}

function describe(expression: Expression): string {
  switch (expression.kind) {
    case 'assign':
      return 'an assignment';
    case 'link':
      return 'a link';
    case 'star':
      return 'an iteration (`*`)';
    case 'sequence':
      return 'a sequence (`;`)';
    case 'union':
      return 'a union (`+`)';
    case 'name':
      return `the policy ${quote(expression.name)}`;
    default:
      return 'a policy';
  }
}

/** Reports a field that is none, and a value that does not fit it. */
export function checkFieldAtom(
  { field, value }: Extract<Expression, { kind: 'test' | 'assign' }>,
  { scope, report }: Pick<Context, 'scope' | 'report'>,
): void {
  if (field.text === 'sw' || field.text === 'pt') {
    const expected = field.text === 'sw' ? 'a switch number' : 'a port number';
    if (value.kind !== 'integer') report('SNK107', value.span, `${field.text} takes ${expected}`, { expected });
    return;
  }
  if (!isFieldName(field.text)) {
    reportUnknownField(field.text, field.span, report, false);
    return;
  }
  const key = readValue(field.text, value, scope.hosts);
  if (typeof key === 'object') {
    report(key.rule, value.span, key.message, key.remarks);
    return;
  }
  const domain = scope.domains.get(field.text);
  if (!domain?.isWhole || domain.keys.has(key)) return;
  const spelled = printValue(value);
  const elsewhere = { label: 'it is declared', span: domain.span };
  report('SNK110', value.span, `${quote(spelled)} is not in the declared domain of ${field.text}`, { elsewhere });
}

const noState = 'no state is declared: declare `state [0];`';

function checkComponent({ value, span }: { readonly value: number; readonly span: Span }, context: Context): void {
  const { initial } = context.scope;
  if (value < (initial?.length ?? 0)) return;
  const expected = initial && (initial.length === 1 ? '0' : `0 to ${initial.length - 1}`);
  const remarks = expected === undefined ? { hint: 'declare `state [0];`' } : { expected };
  context.report('SNK111', span, initial ? `the state has no component ${value}` : noState, remarks);
}

/** Reports a vector of another length than the state's. */
export function checkVector({ components, span }: VectorNode, context: Pick<Context, 'scope' | 'report'>): void {
  const { initial } = context.scope;
  if (components.length === initial?.length) return;
  const counted = (n: number): string => `${n} component${n === 1 ? '' : 's'}`;
  const message = initial && `the state has ${counted(initial.length)}, and this vector ${components.length}`;
  const remarks = initial ? { expected: counted(initial.length) } : { hint: 'declare `state [0];`' };
  context.report('SNK012', span, message ?? noState, remarks);
}

function checkName(name: string, span: Span, context: Context, level: number): Checked {
  const { scope, report, earlier } = context;
  const body = earlier.get(name);
  if (body === undefined) {
    reportUnknownName(name, span, scope.lets.get(name), context);
    return atom('unknown');
  }
  if (level + body.depth > maxDepth + 1) {
    report('SNK013', span, `the expansion of ${quote(name)} is nested more than ${maxDepth} levels deep`);
    return atom('unknown');
  }
  if (context.expanded + body.size > maxExpansion) {
    report('SNK014', span, `the expansion of \`let\`s here has more than ${maxExpansion} nodes`);
    return atom('unknown');
  }
  context.expanded += body.size;
  return body;
}

function reportUnknownName(name: string, span: Span, later: LetDeclaration | undefined, context: Context): void {
  const { scope, report, earlier } = context;
  if (later !== undefined) {
    const isInside = span.start >= later.span.start && span.end <= later.span.end;
    const message = isInside
      ? `${quote(name)} is used in its own body`
      : `${quote(name)} is used before its definition`;
    const hint = isInside ? 'there is no recursion; `p*` iterates' : 'a `let` may use earlier ones only';
    report('SNK104', span, message, { hint, elsewhere: { label: 'it is defined', span: later.name.span } });
    return;
  }
  const isHost = scope.hosts.byName.has(name);
  const hint = () => {
    const near = nearestName(name, [...earlier.keys(), 'true', 'false', 'drop', 'id']);
    return near === undefined ? undefined : `did you mean ${quote(near)}?`;
  };
  if (isHost) report('SNK103', span, `${quote(name)} is a host, not a policy`, { hint: `test it: \`ip_dst=${name}\`` });
  else report('SNK103', span, `nothing is named ${quote(name)}`, { expected: 'the name of an earlier `let`', hint });
}
