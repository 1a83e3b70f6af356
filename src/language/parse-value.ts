import type { LocationNode, Name, ValueNode, VectorComponent, VectorNode } from './ast.js';
import { accept, type Cursor, expect, isWord, parseNumeral, reportUnexpected } from './cursor.js';
import { quote } from './diagnostics.js';
import { isReserved } from './keywords.js';

/** Reads a value of a field: an integer, an IPv4 or MAC address, or a host's name (spec 1.1). */
export function parseValue(cursor: Cursor): ValueNode | undefined {
  const token = cursor.peek();
  const span = { start: token.start, end: token.end };
  switch (token.kind) {
    case 'number':
    case '-': {
      const numeral = parseNumeral(cursor, 'a value');
      return numeral && { kind: 'integer', ...numeral };
    }
    case 'ip':
      cursor.next();
      return { kind: 'ip', octets: token.text.split('.', 4).map(Number), span };
    case 'mac':
      cursor.next();
      return { kind: 'mac', value: macNumber(token.text), span };
    case 'word':
      if (isReserved(token.text)) break;
      cursor.next();
      return { kind: 'host', name: token.text, span };
    default:
      break;
  }
  reportUnexpected(cursor, 'a value (an integer, a host, or an address)');
  return undefined;
}

const macNumber = (spelling: string): number => {
  const groups = spelling.split(':', 6);
  return groups.reduce((sum, group) => sum * 256 + (Number.parseInt(group.slice(0, 2), 16) || 0), 0);
};

/**
 * Reads the name that a declaration gives, which must not be a word of the language. `role` tells the message what it
 * names.
 */
export function parseName(cursor: Cursor, role: string): Name | undefined {
  const token = cursor.peek();
  if (token.kind !== 'word') {
    reportUnexpected(cursor, `the name of ${role}`);
    return undefined;
  }
  cursor.next();
  const span = { start: token.start, end: token.end };
  if (isReserved(token.text)) {
    cursor.report('SNK016', span, `${quote(token.text)} is a word of the language and cannot name ${role}`);
    return undefined;
  }
  return { text: token.text, span };
}

/** Reads `switch:port`. */
export function parseLocation(cursor: Cursor): LocationNode | undefined {
  const at = parseNumeral(cursor, 'a switch number');
  if (at === undefined || expect(cursor, ':') === undefined) return undefined;
  const port = parseNumeral(cursor, 'a port number');
  return port && { switch: at.value, port: port.value, span: { start: at.span.start, end: port.span.end } };
}

/** Reads `[n, …]`; with `mayLeaveOut`, a component may be `_`. */
export function parseVector(cursor: Cursor, mayLeaveOut: boolean): VectorNode | undefined {
  const open = expect(cursor, '[');
  if (open === undefined) return undefined;
  const components: VectorComponent[] = [];
  do {
    const component = parseComponent(cursor, mayLeaveOut);
    if (component === undefined) return undefined;
    components.push(component);
  } while (accept(cursor, ','));
  const close = expect(cursor, ']', '`,` or `]`');
  return close && { components, span: { start: open.start, end: close.end } };
}

function parseComponent(cursor: Cursor, mayLeaveOut: boolean): VectorComponent | undefined {
  const token = cursor.peek();
  if (mayLeaveOut && isWord(token, '_')) {
    cursor.next();
    return { value: '_', span: { start: token.start, end: token.end } };
  }
  return parseNumeral(cursor, mayLeaveOut ? 'a number or `_`' : 'a number');
}
