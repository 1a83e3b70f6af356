import { nearestName } from '../base/nearest-name.js';
import type { Span } from '../netkat/policy.js';
import type { Expression, LocationNode, StateAssignment, VectorNode } from './ast.js';
import { accept, type Cursor, describeToken, expect, isWord, parseNumeral, reportUnexpected } from './cursor.js';
import { quote } from './diagnostics.js';
import { boundaryWords, constants, fullFieldName, testableNames } from './keywords.js';
import { parseLocation, parseValue, parseVector } from './parse-value.js';
import type { Token } from './tokens.js';

/** Whether a token can begin an atom: a word that begins no declaration, or the `(` of a link. */
export function beginsAtom(token: Token, second: () => Token): boolean {
  if (token.kind === 'word') return !boundaryWords.has(token.text);
  return token.kind === '(' && (second().kind === 'number' || second().kind === '-');
}

/**
 * A test, assignment, link or name (paper Figure 4). If it is broken, the rest of it, up to the next operator or
 * closing parenthesis, is passed over, and a hole takes its place.
 */
export function parseAtom(cursor: Cursor): Expression {
  const { start } = cursor.peek();
  const atom = cursor.peek().kind === '(' ? parseLink(cursor) : parseWordAtom(cursor);
  if (atom !== undefined) return atom;
  skipBroken(cursor, start);
  return { kind: 'hole', span: { start, end: cursor.lastEnd() } };
}

/**
 * Passes over a broken piece of an expression that began at `start`; brackets that are opened in it are passed over
 * together with what closes them.
 */
export function skipBroken(cursor: Cursor, start: number): void {
  let depth = 0;
  for (const { kind } of cursor.between({ start, end: cursor.lastEnd() })) {
    if (kind === '(' || kind === '[') depth += 1;
    if ((kind === ')' || kind === ']') && depth > 0) depth -= 1;
  }
  for (;;) {
    const token = cursor.peek();
    if (endsBroken(token) || (token.kind === ')' && depth === 0)) return;
    if (token.kind === '(' || token.kind === '[') depth += 1;
    if ((token.kind === ')' || token.kind === ']') && depth > 0) depth -= 1;
    cursor.next();
  }
}

const operators: ReadonlySet<string> = new Set([';', '+', '*', '&', '|']);
const endsBroken = (token: Token): boolean =>
  token.kind === 'end' || operators.has(token.kind) || (token.kind === 'word' && boundaryWords.has(token.text));

function parseWordAtom(cursor: Cursor): Expression | undefined {
  const name = cursor.next();
  const constant = constants.get(name.text);
  if (constant !== undefined) return { kind: 'constant', value: constant, span: span(name) };
  if (name.text === 'state') return parseStateAtom(cursor, name);
  const field = { text: fullFieldName(name.text), span: span(name) };
  const { kind } = cursor.peek();
  if (kind === '=' || kind === '!=') {
    cursor.next();
    const value = parseValue(cursor);
    return value && { kind: 'test', field, equal: kind === '=', value, span: to(cursor, name) };
  }
  if (kind === '<-') {
    cursor.next();
    const value = parseValue(cursor);
    if (value === undefined) return undefined;
    if (field.text !== 'sw') return { kind: 'assign', field, equal: true, value, span: to(cursor, name) };
    const hint = 'a packet changes its switch by a link, `(1:1)->(4:1)`';
    cursor.report('SNK011', to(cursor, name), 'sw cannot be assigned', { hint });
    return { kind: 'hole', span: to(cursor, name) };
  }
  if (testableNames.includes(name.text)) {
    reportUnexpected(cursor, name.text === 'sw' ? '`=` or `!=`' : '`=`, `!=` or `<-`');
    return undefined;
  }
  if (name.text === '_') {
    cursor.report('SNK016', span(name), '`_` stands for a component of a state vector only');
    return undefined;
  }
  return { kind: 'name', name: name.text, span: span(name) };
}

/** Reads `state(i)=n` or `state=[n, …]`, after the word `state`. */
function parseStateAtom(cursor: Cursor, state: Token): Expression | undefined {
  if (accept(cursor, '(')) {
    const component = parseNumeral(cursor, 'the number of a component');
    if (component === undefined || expect(cursor, ')') === undefined) return undefined;
    const operator = cursor.peek().kind;
    if (operator !== '=' && operator !== '!=' && operator !== '<-') {
      reportUnexpected(cursor, '`=` or `!=`');
      return undefined;
    }
    cursor.next();
    const value = parseNumeral(cursor);
    if (value === undefined) return undefined;
    if (operator === '<-') return stateAssignedAlone(cursor, state);
    return { kind: 'testState', component, equal: operator === '=', value: value.value, span: to(cursor, state) };
  }
  const operator = cursor.peek().kind;
  if (operator !== '=' && operator !== '!=' && operator !== '<-') {
    const hint = operator === '[' ? { hint: 'one component is `state(0)=1`, the vector `state=[1]`' } : {};
    reportUnexpected(cursor, '`=`, `!=` or `(`', hint);
    return undefined;
  }
  cursor.next();
  const vector = parseStateVector(cursor);
  if (vector === undefined) return undefined;
  if (operator === '<-') return stateAssignedAlone(cursor, state);
  return { kind: 'testVector', equal: operator === '=', vector, span: to(cursor, state) };
}

function parseStateVector(cursor: Cursor): VectorNode | undefined {
  if (cursor.peek().kind !== 'number') return parseVector(cursor, true);
  reportUnexpected(cursor, '`[`', { hint: `write \`[${cursor.peek().text}]\`` });
  return undefined;
}

function stateAssignedAlone(cursor: Cursor, state: Token): Expression {
  const hint = 'write `(1:1)->(4:1)-><state<-[1]>`: the event is the arrival of a packet over a link';
  cursor.report('SNK011', to(cursor, state), 'the state is assigned by a link only', { hint });
  return { kind: 'hole', span: to(cursor, state) };
}

/** Reads `(a:b)->(c:d)`, and `-><state<-[n]>` if that follows. */
function parseLink(cursor: Cursor): Expression | undefined {
  const { start } = cursor.peek();
  const from = parseBracketedLocation(cursor);
  if (from === undefined) return undefined;
  if (cursor.peek().kind === '<->') {
    reportUnexpected(cursor, '`->`', { hint: 'a packet crosses a link one way: write one `->` or a union of two' });
    return undefined;
  }
  if (expect(cursor, '->') === undefined) return undefined;
  const destination = parseBracketedLocation(cursor);
  if (destination === undefined) return undefined;
  if (!accept(cursor, '->')) {
    return { kind: 'link', from, to: destination, assignment: undefined, span: to(cursor, { start }) };
  }
  const assignment = parseAssignment(cursor);
  return assignment && { kind: 'link', from, to: destination, assignment, span: to(cursor, { start }) };
}

function parseBracketedLocation(cursor: Cursor): LocationNode | undefined {
  const open = expect(cursor, '(');
  const location = open && parseLocation(cursor);
  const close = location && expect(cursor, ')');
  return close && { ...location, span: { start: open.start, end: close.end } };
}

/** Reads `<state<-[n, …]>` or `<state(i)<-n>`; parentheses may take the place of the angle brackets. */
function parseAssignment(cursor: Cursor): StateAssignment | undefined {
  const open = cursor.peek();
  if (open.kind !== '<' && open.kind !== '(') {
    reportUnexpected(cursor, '`<` or `(`');
    return undefined;
  }
  cursor.next();
  const close = open.kind === '<' ? '>' : ')';
  if (!isWord(cursor.peek(), 'state')) {
    const isLocation = cursor.peek().kind === 'number';
    reportUnexpected(cursor, '`state`', isLocation ? { hint: 'write the next link after a `;`' } : {});
    return undefined;
  }
  const state = cursor.next();
  const assignment = parseAssigned(cursor, state);
  if (assignment === undefined) return undefined;
  if (expect(cursor, close) !== undefined) return assignment;
  // The assignment itself is complete, so it is kept: then only the missing bracket is reported.
  return cursor.peek().kind === (close === '>' ? ')' : '>') ? undefined : assignment;
}

function parseAssigned(cursor: Cursor, state: Token): StateAssignment | undefined {
  const component = accept(cursor, '(') ? parseNumeral(cursor, 'the number of a component') : undefined;
  if (component !== undefined) {
    if (expect(cursor, ')') === undefined || expect(cursor, '<-') === undefined) return undefined;
    const value = parseNumeral(cursor);
    return value && { kind: 'component', component, value: value.value };
  }
  if (cursor.lastEnd() !== state.end) return undefined;
  if (expect(cursor, '<-', '`<-` or `(`') === undefined) return undefined;
  const vector = parseStateVector(cursor);
  return vector && { kind: 'vector', vector };
}

const span = ({ start, end }: Span): Span => ({ start, end });
const to = (cursor: Cursor, { start }: { readonly start: number }): Span => ({ start, end: cursor.lastEnd() });

/** A hint that names the word nearest to a token among some names; undefined if none is near enough. */
export const nearestOf = (token: Token, names: Iterable<string>): string | undefined => {
  const near = token.kind === 'word' ? nearestName(token.text, names) : undefined;
  return near && `did you mean ${quote(near)} instead of ${describeToken(token)}?`;
};
