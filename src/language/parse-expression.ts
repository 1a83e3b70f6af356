import { type Expression, maxDepth, type NaryKind } from './ast.js';
import { type Cursor, describeToken, reportUnexpected } from './cursor.js';
import { boundaryWords } from './keywords.js';
import { beginsAtom, parseAtom, skipBroken } from './parse-atom.js';
import type { Token } from './tokens.js';

/**
 * How many parentheses may be open at once in one expression. They cost only memory, since they add no level to the
 * AST.
 */
const maxOpenParentheses = 20_000;

/** An expression and how many levels it has. */
interface Item {
  readonly expression: Expression;
  readonly depth: number;
}

/**
 * What has been read since a `(`: one list of operands for each binary operator, that of the tightest last. When `d` of
 * `a + b; c & d` is about to be read, this is `{ union: [a], sequence: [b], and: [c] }`. Thus operators need no
 * recursion, and `a; b; c` is flat from the start.
 */
interface Group {
  readonly open: Token | undefined;
  readonly union: Item[];
  readonly sequence: Item[];
  readonly or: Item[];
  readonly and: Item[];
  readonly nots: Token[];
  /** The operand to which the next operator applies; undefined if an operand is expected. */
  operand: Item | undefined;
}

const newGroup = (open: Token | undefined): Group => ({
  open,
  union: [],
  sequence: [],
  or: [],
  and: [],
  nots: [],
  operand: undefined,
});

/** What is read: all of a policy, a `let` up to its `;`, or a test in parentheses up to where they close. */
type Role = 'let' | 'policy' | 'test';

/**
 * Parses a policy or test by precedence (spec 1.1: from the tightest, `!`, `&`, `|`, postfix `*`, `;`, `+`), with an
 * explicit stack. The body of a `let` ends at the first `;` outside parentheses; it and the policy end at a word that
 * begins a declaration. Takes time linear in the text, except for parentheses around operands of the same operator
 * (bounded by `maxOpenParentheses`).
 */
export function parseExpression(cursor: Cursor, role: Role): Expression {
  const groups: Group[] = [newGroup(undefined)];
  const join = createJoin(cursor);
  for (;;) {
    const group = groups[groups.length - 1]!;
    const token = cursor.peek();
    const isOutside = groups.length === 1;
    const isEnd = token.kind === 'end' || (token.kind === 'word' && boundaryWords.has(token.text));
    if (group.operand === undefined) {
      if (token.kind === '!') group.nots.push(cursor.next());
      else if (beginsAtom(token, cursor.peekSecond)) placeOperand(group, leaf(parseAtom(cursor)), join);
      else if (token.kind !== '(') placeHole(cursor, group, join, role);
      else if (groups.length <= maxOpenParentheses) groups.push(newGroup(cursor.next()));
      else {
        cursor.report('SNK013', token, `more than ${maxOpenParentheses} parentheses are open here`);
        skipToEnd(cursor);
        return hole(token);
      }
    } else if (isEnd || (role === 'let' && isOutside && token.kind === ';')) {
      return finish(cursor, groups, join);
    } else if (token.kind === ')') {
      if (isOutside) cursor.report('SNK007', token, 'this `)` closes nothing');
      else placeOperand(groups[groups.length - 2]!, closeGroup(groups.pop()!, join), join);
      cursor.next();
      if (role === 'test' && groups.length === 1) return finish(cursor, groups, join);
    } else if (!applyOperator(cursor, group, join)) {
      reportMissingOperator(cursor, isOutside);
      // Two operands side by side are most likely a sequence whose `;` was forgotten.
      if (token.kind === '!' || token.kind === '(' || beginsAtom(token, cursor.peekSecond))
        push(group, 'sequence', join);
      else skipBroken(cursor, token.start);
    }
  }
}

type Join = (kind: NaryKind | 'not' | 'star', items: readonly Item[], start?: number) => Item;

/** Builds nodes. A node that is nested too deeply is replaced by a hole; the first such node is reported. */
function createJoin(cursor: Cursor): Join {
  let isReported = false;
  return (kind, items, start = items[0]!.expression.span.start) => {
    const [first] = items;
    const isUnary = kind === 'not' || kind === 'star';
    const span = { start, end: items[items.length - 1]!.expression.span.end };
    const depth = 1 + items.reduce((most, item) => Math.max(most, levelsBelow(kind, item)), 0);
    if (depth > maxDepth) {
      if (!isReported) cursor.report('SNK013', span, `this is nested more than ${maxDepth} levels deep`);
      isReported = true;
      return { expression: { kind: 'hole', span }, depth: 1 };
    }
    if (isUnary) return { expression: { kind, body: first!.expression, span }, depth };
    const operands = mergeOperands(kind, items);
    return { expression: { kind, operands, span }, depth };
  };
}

/**
 * The operands of a node. If an operand is of the node's own kind, its operands take its place. A long list is copied
 * in one piece, since with 20,000 parentheses around operands of one operator each parenthesis copies all operands
 * within it.
 */
function mergeOperands(kind: NaryKind, items: readonly Item[]): readonly Expression[] {
  let operands: Expression[] = [];
  for (const { expression } of items) {
    if (expression.kind !== kind) operands.push(expression);
    else if (expression.operands.length >= operands.length) operands = operands.concat(expression.operands);
    else for (const operand of expression.operands) operands.push(operand);
  }
  return operands;
}

/** An operand of the same binary operator is merged into the node, so it adds no level. */
const levelsBelow = (kind: NaryKind | 'not' | 'star', { expression, depth }: Item): number =>
  kind !== 'not' && kind !== 'star' && expression.kind === kind ? depth - 1 : depth;

const leaf = (expression: Expression): Item => ({ expression, depth: 1 });
const hole = ({ start, end }: { readonly start: number; readonly end: number }): Expression => ({
  kind: 'hole',
  span: { start, end },
});

function placeOperand(group: Group, operand: Item, join: Join): void {
  let item = operand;
  for (let not = group.nots.pop(); not !== undefined; not = group.nots.pop()) item = join('not', [item], not.start);
  group.operand = item;
}

/** Takes the next token as an operator on the group's operand; false if it is none. */
function applyOperator(cursor: Cursor, group: Group, join: Join): boolean {
  switch (cursor.peek().kind) {
    case '&':
      push(group, 'and', join);
      break;
    case '|':
      push(group, 'or', join);
      break;
    case '*': {
      group.operand = join('star', [fold(group, 'or', join)]);
      break;
    }
    case ';':
      push(group, 'sequence', join);
      break;
    case '+':
      push(group, 'union', join);
      break;
    default:
      return false;
  }
  cursor.next();
  return true;
}

const tightestFirst = ['and', 'or', 'sequence', 'union'] as const satisfies readonly NaryKind[];

/**
 * Builds the nodes of the operators that bind as tightly as `kind` or tighter, with the group's operand as the last
 * one, and empties their lists.
 */
function fold(group: Group, kind: NaryKind, join: Join): Item {
  let item = group.operand!;
  group.operand = undefined;
  for (const tight of tightestFirst) {
    const operands = group[tight];
    if (operands.length > 0) item = join(tight, [...operands, item]);
    operands.length = 0;
    if (tight === kind) break;
  }
  return item;
}

/** Makes what is to the left of a binary operator one of its operands. */
function push(group: Group, kind: NaryKind, join: Join): void {
  const tighter = tightestFirst[tightestFirst.indexOf(kind) - 1];
  const item = tighter === undefined ? group.operand! : fold(group, tighter, join);
  group.operand = undefined;
  group[kind].push(item);
}

const closeGroup = (group: Group, join: Join): Item => fold(group, 'union', join);

function finish(cursor: Cursor, groups: Group[], join: Join): Expression {
  while (groups.length > 1) {
    const group = groups.pop()!;
    cursor.report('SNK006', cursor.peek(), `expected \`)\`, found ${describeToken(cursor.peek())}`, {
      expected: '`)`',
      elsewhere: { label: 'the parenthesis opens', span: group.open! },
    });
    placeOperand(groups[groups.length - 1]!, closeGroup(group, join), join);
  }
  return closeGroup(groups[0]!, join).expression;
}

/** Reports that an operand is missing, and puts a hole in its place. */
function placeHole(cursor: Cursor, group: Group, join: Join, role: Role): void {
  const token = cursor.peek();
  const hint = group.sequence.length > 0 && group.open === undefined && role === 'policy' && token.kind === 'end';
  if (token.kind === 'word' && role === 'policy') {
    cursor.report('SNK009', token, `declarations stand before the policy, found ${describeToken(token)} in it`);
  } else {
    reportUnexpected(
      cursor,
      'a test, an assignment, a link or `(`',
      hint ? { hint: 'the policy has no `;` at its end' } : {},
    );
  }
  placeOperand(group, leaf(hole({ start: token.start, end: token.start })), join);
  if (['&', '|', '*', ';', '+', ')', 'end', 'word'].includes(token.kind)) return;
  skipBroken(cursor, token.start);
}

function reportMissingOperator(cursor: Cursor, isOutside: boolean): void {
  const expected = isOutside ? 'an operator (`;` `+` `*` `&` `|`)' : 'an operator (`;` `+` `*` `&` `|`) or `)`';
  reportUnexpected(cursor, expected);
}

function skipToEnd(cursor: Cursor): void {
  while (cursor.peek().kind !== 'end') cursor.next();
}
