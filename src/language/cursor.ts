import type { Span } from '../netkat/policy.js';
import { quote, type Remarks, type Report } from './diagnostics.js';
import { scanToken, type Token, type TokenKind } from './tokens.js';

/**
 * The parser's place in the text: the next token and the one after it. Text that is no token is reported and passed
 * over.
 */
export interface Cursor {
  readonly report: Report;
  readonly peek: () => Token;
  readonly peekSecond: () => Token;
  readonly next: () => Token;
  /** The end of the last token that was taken. */
  readonly lastEnd: () => number;
  /** The tokens between two offsets, which are scanned again. */
  readonly between: (span: Span) => readonly Token[];
}

/**
 * Reads tokens on demand, up to the end of the file or until `isOver`, so that a large file is never held as tokens.
 * The `end` token is placed right after the last token, so that an error there is shown on the last line with a token.
 */
export function createCursor(
  text: string,
  report: Report,
  isOver: () => boolean,
  isJunkReported: (token: Token) => boolean,
): Cursor {
  let offset = 0;
  let scannedEnd = 0;
  let takenEnd = 0;
  const waiting: Token[] = [];

  function scan(): Token {
    for (;;) {
      const token = scanToken(text, offset);
      offset = token.end;
      if (token.kind === 'end' || isOver()) return { kind: 'end', text: '', start: scannedEnd, end: scannedEnd };
      scannedEnd = token.end;
      const { problem } = token;
      if (problem !== undefined && !isJunkReported(token)) {
        const shown =
          problem.rule === 'SNK002' && token.kind === 'junk'
            ? `${problem.message}: ${quote(token.text)}`
            : problem.message;
        report(problem.rule, token, shown, problem.hint === undefined ? {} : { hint: problem.hint });
      }
      if (token.kind !== 'junk') return token;
    }
  }

  function ahead(index: number): Token {
    while (waiting.length <= index) waiting.push(scan());
    return waiting[index]!;
  }

  function between({ start, end }: Span): readonly Token[] {
    const tokens: Token[] = [];
    for (
      let token = scanToken(text, start);
      token.end <= end && token.kind !== 'end';
      token = scanToken(text, token.end)
    ) {
      tokens.push(token);
    }
    return tokens;
  }

  return {
    report,
    peek: () => ahead(0),
    peekSecond: () => ahead(1),
    next() {
      const token = ahead(0);
      waiting.shift();
      takenEnd = token.end;
      return token;
    },
    lastEnd: () => takenEnd,
    between,
  };
}

/** The text by which a message names a token. */
export const describeToken = (token: Token): string =>
  token.kind === 'end' ? 'the end of the file' : quote(token.text);

/** Reports that the next token is not what was expected here. */
export function reportUnexpected(cursor: Cursor, expected: string, remarks: Remarks = {}): void {
  const found = cursor.peek();
  cursor.report('SNK005', found, `expected ${expected}, found ${describeToken(found)}`, { expected, ...remarks });
}

/** Takes the next token if it is of this kind; else reports that such a token was expected. */
export function expect(cursor: Cursor, kind: TokenKind, expected = `\`${kind}\``): Token | undefined {
  if (cursor.peek().kind === kind) return cursor.next();
  reportUnexpected(cursor, expected);
  return undefined;
}

/** Takes the next token if it is of this kind, and says whether it did. */
export function accept(cursor: Cursor, kind: TokenKind): boolean {
  if (cursor.peek().kind !== kind) return false;
  cursor.next();
  return true;
}

/** Whether the next token is a given word. */
export const isWord = (token: Token, text: string): boolean => token.kind === 'word' && token.text === text;

/** Reads a non-negative integer; if a `-` is in front of it, that is reported and passed over. */
export function parseNumeral(cursor: Cursor, expected = 'a number'): { value: number; span: Span } | undefined {
  const { start } = cursor.peek();
  if (cursor.peek().kind === '-' && cursor.peekSecond().kind === 'number') {
    cursor.next();
    const { end } = cursor.peek();
    cursor.report('SNK015', { start, end }, 'numbers are not negative in this language', {
      expected: `${expected}, 0 or more`,
    });
  }
  const token = expect(cursor, 'number', expected);
  if (token === undefined) return undefined;
  const value = Number(token.text);
  // A text that the scanner has reported as malformed or too large must not reach arithmetic.
  return { value: Number.isSafeInteger(value) ? value : 0, span: { start: token.start, end: token.end } };
}
