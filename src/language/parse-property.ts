import {
  type Expression,
  type FormNode,
  type FormulaNode,
  maxDepth,
  type Name,
  type ObservationNode,
  type PastKind,
  type PropertyDeclaration,
} from './ast.js';
import { accept, type Cursor, describeToken, expect, isWord, parseNumeral, reportUnexpected } from './cursor.js';
import { constants } from './keywords.js';
import { parseAtom } from './parse-atom.js';
import { parseExpression } from './parse-expression.js';
import { parseName, parseVector } from './parse-value.js';
import type { Token } from './tokens.js';

/** Which operators that look back a formula may have (spec 6.3). */
type Looks = readonly PastKind[];
const everyWay: Looks = ['before', 'earlier', 'via'];

/** Reads `property NAME: FORM` (spec 6.3), after the word `property`; undefined if it is broken. */
export function parseProperty(cursor: Cursor, word: Token): PropertyDeclaration | undefined {
  const name = parseName(cursor, 'a property');
  if (name === undefined || expect(cursor, ':') === undefined) return undefined;
  const form = parseForm(cursor);
  if (form === undefined) return undefined;
  return { kind: 'property', name, form, span: { start: word.start, end: cursor.lastEnd() } };
}

function parseForm(cursor: Cursor): FormNode | undefined {
  const token = cursor.peek();
  switch (token.kind === 'word' ? token.text : '') {
    case 'always': {
      cursor.next();
      const premise = parseFormula(cursor, everyWay);
      if (premise === undefined || expect(cursor, '=>', '`&`, `|` or `=>`') === undefined) return undefined;
      const conclusion = parseFormula(cursor, everyWay);
      return conclusion && { kind: 'always', premise, conclusion };
    }
    case 'never': {
      cursor.next();
      const premise = parseFormula(cursor, everyWay);
      return premise && { kind: 'never', premise };
    }
    case 'every':
      return parseLeadsTo(cursor, everyWay);
    case 'at': {
      cursor.next();
      if (!expectWord(cursor, 'most')) return undefined;
      const most = parseNumeral(cursor, 'how many at most');
      const premise = most && parseFormula(cursor, everyWay);
      return most && premise && { kind: 'atMost', most, premise };
    }
    case 'in':
      return parseInState(cursor);
    default:
      reportUnexpected(cursor, '`always`, `never`, `every`, `at most` or `in state`');
      return undefined;
  }
}

/** Reads `every ψ leads to OUTCOME`. */
function parseLeadsTo(cursor: Cursor, looks: Looks): Extract<FormNode, { kind: 'leadsTo' }> | undefined {
  if (!expectWord(cursor, 'every')) return undefined;
  const premise = parseFormula(cursor, looks);
  if (premise === undefined) return undefined;
  if (!expectWord(cursor, 'leads', '`&`, `|` or `leads to`') || !expectWord(cursor, 'to')) return undefined;
  const outcome = parseFormula(cursor, []);
  return outcome && { kind: 'leadsTo', premise, outcome };
}

/** Reads `in state [1]: every ψ leads to OUTCOME`, or `in every state: …`. */
function parseInState(cursor: Cursor): FormNode | undefined {
  cursor.next();
  const isEvery = isWord(cursor.peek(), 'every');
  if (isEvery) cursor.next();
  if (!expectWord(cursor, 'state', isEvery ? '`state`' : '`state [0]` or `every state`')) return undefined;
  const state = isEvery ? 'every' : parseVector(cursor, false);
  if (state === undefined || expect(cursor, ':') === undefined) return undefined;
  const form = parseLeadsTo(cursor, ['via']);
  return form && { ...form, kind: 'inState', state };
}

function expectWord(cursor: Cursor, text: string, expected = `\`${text}\``): boolean {
  if (isWord(cursor.peek(), text)) {
    cursor.next();
    return true;
  }
  reportUnexpected(cursor, expected);
  return false;
}

/** Reads a formula: of its operators `!` and those that look back bind tightest, then `&`, then `|` (spec 6.2). */
const parseFormula = (cursor: Cursor, looks: Looks, depth = 1): FormulaNode | undefined =>
  parseNary(cursor, 'or', () => parseNary(cursor, 'and', () => parseUnary(cursor, looks, depth)));

function parseNary(
  cursor: Cursor,
  kind: 'and' | 'or',
  parseOperand: () => FormulaNode | undefined,
): FormulaNode | undefined {
  const operands: FormulaNode[] = [];
  do {
    const operand = parseOperand();
    if (operand === undefined) return undefined;
    // Operands of the same kind, in parentheses, are merged, as in policies.
    for (const one of operand.kind === kind ? operand.operands : [operand]) operands.push(one);
  } while (accept(cursor, kind === 'and' ? '&' : '|'));
  const [first] = operands;
  if (operands.length === 1) return first;
  return { kind, operands, span: { start: first!.span.start, end: cursor.lastEnd() } };
}

const isPast = (text: string): text is PastKind => (everyWay as readonly string[]).includes(text);

function parseUnary(cursor: Cursor, looks: Looks, depth: number): FormulaNode | undefined {
  const token = cursor.peek();
  if (depth > maxDepth) {
    cursor.report('SNK013', token, `this is nested more than ${maxDepth} levels deep`);
    return undefined;
  }
  if (accept(cursor, '(')) {
    const inner = parseFormula(cursor, looks, depth + 1);
    return inner && expect(cursor, ')', '`&`, `|` or `)`') && inner;
  }
  const kind = token.kind === '!' ? 'not' : isPast(token.text) ? token.text : undefined;
  if (kind === undefined) return parseLeaf(cursor, looks);
  cursor.next();
  if (kind !== 'not' && !looks.includes(kind)) {
    const where = looks.length === 0 ? 'an outcome' : 'a property of one configuration';
    cursor.report('SNK017', token, `${describeToken(token)} cannot stand in ${where}`, {
      hint:
        looks.length === 0
          ? 'an outcome says what becomes of a packet: `delivered to H1 & !dropped`'
          : 'in one configuration nothing has happened before: only `via` looks back',
    });
    return undefined;
  }
  const body = parseUnary(cursor, looks, depth + 1);
  return body && { kind, body, span: { start: token.start, end: cursor.lastEnd() } };
}

function parseLeaf(cursor: Cursor, looks: Looks): FormulaNode | undefined {
  const token = cursor.peek();
  const constant = token.kind === 'word' ? constants.get(token.text) : undefined;
  if (constant !== undefined) {
    cursor.next();
    return { kind: 'constant', value: constant, span: { start: token.start, end: token.end } };
  }
  switch (token.kind === 'word' ? token.text : '') {
    case 'sent':
    case 'delivered':
    case 'at':
    case 'dropped':
      cursor.next();
      return parseObservation(cursor, token);
    default: {
      const others =
        looks.length === 0 ? '`!` or `(`' : `${looks.map((one) => `\`${one}\``).join(', ')}, \`!\` or \`(\``;
      reportUnexpected(cursor, `\`sent\`, \`at\`, \`delivered\`, \`dropped\`, ${others}`);
      return undefined;
    }
  }
}

/** Reads the rest of an observation (spec 6.1) after its first word. */
function parseObservation(cursor: Cursor, word: Token): ObservationNode | undefined {
  const what = word.text as ObservationNode['what'];
  const place = parsePlace(cursor, what);
  if (place === undefined) return undefined;
  let test: Expression | undefined;
  if (isWord(cursor.peek(), 'with')) {
    cursor.next();
    const token = cursor.peek();
    if (token.kind !== '(' && token.kind !== 'word') {
      reportUnexpected(cursor, 'a test of a header field, such as `ip_dst=H1`, or `(`');
      return undefined;
    }
    test = token.kind === '(' ? parseExpression(cursor, 'test') : parseAtom(cursor);
  }
  return { kind: 'observation', what, ...place, test, span: { start: word.start, end: cursor.lastEnd() } };
}

type Place = Pick<ObservationNode, 'host' | 'at'>;

/** Reads where an observation is made: `by H`, `to H`, `n:m`, `n`, `at n`, or nothing. */
function parsePlace(cursor: Cursor, what: ObservationNode['what']): Place | undefined {
  const anywhere: Place = { host: undefined, at: undefined };
  switch (what) {
    case 'sent':
    case 'delivered': {
      if (!isWord(cursor.peek(), what === 'sent' ? 'by' : 'to')) return anywhere;
      cursor.next();
      const host: Name | undefined = parseName(cursor, 'a host');
      return host && { host, at: undefined };
    }
    case 'dropped':
      if (!isWord(cursor.peek(), 'at')) return anywhere;
      cursor.next();
      return parseAt(cursor, false);
    case 'at':
      return parseAt(cursor, true);
  }
}

function parseAt(cursor: Cursor, mayHavePort: boolean): Place | undefined {
  const number = parseNumeral(cursor, 'a switch number');
  if (number === undefined) return undefined;
  const { start } = number.span;
  if (!mayHavePort || !accept(cursor, ':'))
    return { host: undefined, at: { switch: number.value, port: undefined, span: number.span } };
  const port = parseNumeral(cursor, 'a port number');
  return (
    port && { host: undefined, at: { switch: number.value, port: port.value, span: { start, end: port.span.end } } }
  );
}
