import type { Ast, Declaration, Expression, Numeral, PropertyDeclaration, ValueNode } from './ast.js';
import {
  accept,
  type Cursor,
  createCursor,
  describeToken,
  expect,
  isWord,
  parseNumeral,
  reportUnexpected,
} from './cursor.js';
import type { DiagnosticLog, Report } from './diagnostics.js';
import { boundaryWords, declarationWords } from './keywords.js';
import { nearestOf } from './parse-atom.js';
import { parseExpression } from './parse-expression.js';
import { parseProperty } from './parse-property.js';
import { parseLocation, parseName, parseValue, parseVector } from './parse-value.js';
import type { SourceText } from './source.js';
import type { Token } from './tokens.js';

/**
 * An AST, and whether every declaration is in it. If not, a name that seems unknown may be one that a broken
 * declaration declares.
 */
export interface Parsed {
  readonly ast: Ast;
  readonly isComplete: boolean;
}

/**
 * The grammar of a file: declarations, then one policy (spec 1.1). Every syntax error is reported; after an error,
 * reading goes on at the next `;`, operator or closing parenthesis, or at the next word that begins a declaration. This
 * never throws.
 */
export function parseProgram(source: SourceText, { report, isFull }: DiagnosticLog): Parsed {
  const cursor = cursorIn(source, report, isFull);
  const declarations: Declaration[] = [];
  let policy: Expression | undefined;
  let isComplete = true;
  while (cursor.peek().kind !== 'end') {
    const token = cursor.peek();
    if (isWord(token, 'policy')) {
      cursor.next();
      if (policy !== undefined) report('SNK009', token, 'the file has one policy only, and this is a second one');
      const second = parseExpression(cursor, 'policy');
      policy ??= second;
      continue;
    }
    if (policy !== undefined) reportTrailing(cursor);
    const declaration = parseDeclaration(cursor, declarations[declarations.length - 1]);
    if (declaration !== undefined) declarations.push(declaration);
    // No name that seems unknown can be one that a property declares.
    else if (!isWord(token, 'property')) isComplete = false;
  }
  if (policy === undefined && isComplete) {
    report('SNK008', cursor.peek(), 'the program has no policy', { expected: '`policy` and a policy' });
  }
  return { ast: { declarations, policy: policy ?? { kind: 'hole', span: cursor.peek() } }, isComplete };
}

/**
 * The grammar of a file of properties (spec 6.3): declarations that begin with `property`, and nothing else. Every
 * syntax error is reported. This never throws.
 */
export function parseProperties(source: SourceText, { report, isFull }: DiagnosticLog): readonly PropertyDeclaration[] {
  const cursor = cursorIn(source, report, isFull);
  const properties: PropertyDeclaration[] = [];
  while (cursor.peek().kind !== 'end') {
    if (isWord(cursor.peek(), 'property')) {
      const declaration = parseDeclaration(cursor, undefined);
      if (declaration?.kind === 'property') properties.push(declaration);
      continue;
    }
    reportUnexpected(cursor, '`property`', { hint: 'a file of properties declares nothing else' });
    while (cursor.peek().kind !== 'end' && !isWord(cursor.peek(), 'property')) cursor.next();
  }
  return properties;
}

/** A cursor in a text, which has reported where the text is not UTF-8. */
function cursorIn({ text, undecodable }: SourceText, report: Report, isFull: () => boolean): Cursor {
  for (const offset of undecodable) report('SNK001', { start: offset, end: offset + 1 }, 'this is not UTF-8 text');
  return createCursor(text, report, isFull, ({ text: junk }) => undecodable.length > 0 && junk.includes('\u{fffd}'));
}

function reportTrailing(cursor: Cursor): void {
  const token = cursor.peek();
  cursor.report('SNK009', token, `the policy is the end of the file, found ${describeToken(token)} after it`);
}

/**
 * Reads one declaration up to its `;`. If it is broken, the text up to the next declaration is passed over, and the
 * result is undefined.
 */
function parseDeclaration(cursor: Cursor, previous: Declaration | undefined): Declaration | undefined {
  const word = cursor.peek();
  const parse = word.kind === 'word' ? declarationParsers.get(word.text) : undefined;
  if (parse === undefined) {
    reportNoDeclaration(cursor, previous);
    skipDeclaration(cursor, true);
    return undefined;
  }
  cursor.next();
  const declaration = parse(cursor, word);
  if (declaration === undefined) {
    skipDeclaration(cursor, false);
    return undefined;
  }
  if (expect(cursor, ';') === undefined) skipDeclaration(cursor, false);
  return declaration;
}

function reportNoDeclaration(cursor: Cursor, previous: Declaration | undefined): void {
  const near = nearestOf(cursor.peek(), declarationWords);
  const afterLet = 'the body of a `let` ends at its first `;` outside parentheses: put it in parentheses';
  const hint = near ?? (previous?.kind === 'let' ? afterLet : undefined);
  reportUnexpected(cursor, 'a declaration or `policy`', hint === undefined ? {} : { hint });
}

/**
 * Passes over the rest of a broken declaration, up to its `;` or to the next declaration. With `wasNone`, the text was
 * no declaration at all; then it is passed over, without further reports, until something looks like a declaration
 * again.
 */
function skipDeclaration(cursor: Cursor, wasNone: boolean): void {
  for (;;) {
    const token = cursor.peek();
    if (token.kind === 'end' || (token.kind === 'word' && boundaryWords.has(token.text))) return;
    cursor.next();
    if (token.kind === ';' && (!wasNone || looksLikeDeclaration(cursor.peek()))) return;
  }
}

const looksLikeDeclaration = (token: Token): boolean =>
  isWord(token, 'state') || nearestOf(token, declarationWords) !== undefined;

const declarationParsers: ReadonlyMap<string, (cursor: Cursor, word: Token) => Declaration | undefined> = new Map<
  string,
  (cursor: Cursor, word: Token) => Declaration | undefined
>([
  ['host', parseHost],
  ['link', parseLinkDeclaration],
  ['field', parseField],
  ['state', parseState],
  ['ordered', parseOrdered],
  ['let', parseLet],
  ['property', parseProperty],
]);

/** Reads `host H4 @ 4:2 ip 10.0.0.4` or `… mac 00:00:00:00:00:04`, after the word `host`. */
function parseHost(cursor: Cursor, word: Token): Declaration | undefined {
  const name = parseName(cursor, 'a host');
  if (name === undefined || expect(cursor, '@') === undefined) return undefined;
  const at = parseLocation(cursor);
  if (at === undefined) return undefined;
  const addresses: { ip: ValueNode | undefined; mac: ValueNode | undefined } = { ip: undefined, mac: undefined };
  for (;;) {
    const token = cursor.peek();
    const kind = isWord(token, 'ip') ? 'ip' : isWord(token, 'mac') ? 'mac' : undefined;
    if (kind === undefined) break;
    cursor.next();
    if (addresses[kind] !== undefined) cursor.report('SNK105', token, `the host has two ${kind} addresses`);
    const value = parseValue(cursor);
    if (value === undefined) return undefined;
    addresses[kind] ??= value;
  }
  if (cursor.peek().kind !== ';') reportUnexpected(cursor, '`ip`, `mac` or `;`');
  return { kind: 'host', name, at, ...addresses, span: { start: word.start, end: cursor.lastEnd() } };
}

/** Reads `link 1:1 <-> 4:1` or `link 4:3 -> 2:1`, after the word `link`. */
function parseLinkDeclaration(cursor: Cursor, word: Token): Declaration | undefined {
  const from = parseLocation(cursor);
  if (from === undefined) return undefined;
  const { kind } = cursor.peek();
  if (kind !== '<->' && kind !== '->') {
    reportUnexpected(cursor, '`<->` or `->`');
    return undefined;
  }
  cursor.next();
  const to = parseLocation(cursor);
  if (to === undefined) return undefined;
  return { kind: 'link', from, to, bothWays: kind === '<->', span: { start: word.start, end: cursor.lastEnd() } };
}

/** Reads `field tcp_dst in {22, 80}`, after the word `field`. */
function parseField(cursor: Cursor, word: Token): Declaration | undefined {
  const name = parseName(cursor, 'a field');
  if (name === undefined) return undefined;
  if (!isWord(cursor.peek(), 'in')) {
    reportUnexpected(cursor, '`in`');
    return undefined;
  }
  cursor.next();
  if (expect(cursor, '{') === undefined) return undefined;
  const values: ValueNode[] = [];
  do {
    const value = parseValue(cursor);
    if (value === undefined) return undefined;
    values.push(value);
  } while (accept(cursor, ','));
  if (expect(cursor, '}', '`,` or `}`') === undefined) return undefined;
  return { kind: 'field', name, values, span: { start: word.start, end: cursor.lastEnd() } };
}

/** Reads `state [0, 0]`, after the word `state`. */
function parseState(cursor: Cursor, word: Token): Declaration | undefined {
  const vector = parseVector(cursor, false);
  if (vector === undefined) return undefined;
  const initial = vector.components.map(({ value }) => (value === '_' ? 0 : value));
  return { kind: 'state', initial, span: { start: word.start, end: cursor.lastEnd() } };
}

/** Reads `ordered state(0), state(1)`, after the word `ordered`. */
function parseOrdered(cursor: Cursor, word: Token): Declaration | undefined {
  const components: Numeral[] = [];
  do {
    if (!isWord(cursor.peek(), 'state')) {
      reportUnexpected(cursor, '`state(0)`');
      return undefined;
    }
    cursor.next();
    if (expect(cursor, '(') === undefined) return undefined;
    const component = parseNumeral(cursor, 'the number of a component');
    if (component === undefined || expect(cursor, ')') === undefined) return undefined;
    components.push(component);
  } while (accept(cursor, ','));
  if (cursor.peek().kind !== ';') {
    reportUnexpected(cursor, '`,` or `;`');
    return undefined;
  }
  return { kind: 'ordered', components, span: { start: word.start, end: cursor.lastEnd() } };
}

/** Reads `let out = (pt=2; pt<-1)`, after the word `let`. */
function parseLet(cursor: Cursor, word: Token): Declaration | undefined {
  const name = parseName(cursor, 'a `let`');
  if (name === undefined || expect(cursor, '=') === undefined) return undefined;
  const body = parseExpression(cursor, 'let');
  return { kind: 'let', name, body, span: { start: word.start, end: cursor.lastEnd() } };
}
