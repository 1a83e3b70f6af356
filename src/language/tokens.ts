import type { Span } from '../netkat/policy.js';
import { isLineEnd } from './source.js';

/** The operators and brackets of the language, in their ASCII spelling (spec 1.1). */
export type SymbolKind =
  | '('
  | ')'
  | '['
  | ']'
  | '{'
  | '}'
  | '<'
  | '>'
  | ','
  | ';'
  | ':'
  | '@'
  | '+'
  | '*'
  | '&'
  | '|'
  | '!'
  | '='
  | '!='
  | '<-'
  | '->'
  | '<->'
  | '-';

/** `junk` is text that is no token; `end` is the end of the file. */
export type TokenKind = SymbolKind | 'word' | 'number' | 'ip' | 'mac' | 'junk' | 'end';

/** Why a token is not what the language has; the token still stands for what was most likely meant. */
export interface TokenProblem {
  readonly rule: 'SNK002' | 'SNK003' | 'SNK004';
  readonly message: string;
  readonly hint?: string;
}

export interface Token extends Span {
  readonly kind: TokenKind;
  readonly text: string;
  readonly problem?: TokenProblem;
}

/** Longest first, so that `<->` is not read as `<-`. The paper's spellings stand beside the ASCII ones. */
const symbols: readonly (readonly [spelling: string, kind: SymbolKind, problem?: TokenProblem])[] = [
  ['<->', '<->'],
  ['<-', '<-'],
  ['->', '->'],
  ['!=', '!='],
  ...(['(', ')', '[', ']', '{', '}', '<', '>', ',', ';', ':', '@', '+', '*', '&', '|', '!', '=', '-'] as const).map(
    (kind) => [kind, kind] as const,
  ),
  ['∧', '&'],
  ['∨', '|'],
  ['¬', '!'],
  ['≠', '!='],
  ['←', '<-'],
  ['→', '->'],
  ['↔', '<->'],
  ['⟨', '<'],
  ['⟩', '>'],
];

/** Spellings of other languages, each taken for what it means there, with an error that names ours. */
const foreignSymbols: readonly (readonly [spelling: string, kind: SymbolKind])[] = [
  ['&&', '&'],
  ['||', '|'],
  ['==', '='],
  [':=', '<-'],
  ['~', '!'],
];

const foreign = (spelling: string, kind: SymbolKind): readonly [string, SymbolKind, TokenProblem] => [
  spelling,
  kind,
  { rule: 'SNK002', message: `\`${spelling}\` is no operator of this language`, hint: `write \`${kind}\`` },
];

const symbolsByFirst = new Map<string, (typeof symbols)[number][]>();
for (const entry of [...foreignSymbols.map(([spelling, kind]) => foreign(spelling, kind)), ...symbols]) {
  const first = entry[0][0]!;
  symbolsByFirst.set(first, [...(symbolsByFirst.get(first) ?? []), entry]);
}

const word = /[A-Za-z_][A-Za-z0-9_]*/y;
const digits = /[0-9]+(?:\.[0-9]+)*/y;
const wordTail = /[A-Za-z0-9_]+/y;
const macAddress = /[0-9A-Fa-f]{1,2}(?::[0-9A-Fa-f]{1,2}){5}(?![0-9A-Za-z_:])/y;
// Three groups or more are no location, so they can only be meant as an address.
const macAttempt = /[0-9A-Fa-f]+(?::[0-9A-Za-z]+){2,}/y;

function match(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

/** The first token at or after an offset, beyond white space and comments. Pure; the caller reports `problem`. */
export function scanToken(text: string, offset: number): Token {
  const start = skipTrivia(text, offset);
  const first = text[start];
  if (first === undefined) return { kind: 'end', text: '', start, end: start };
  const token = (kind: TokenKind, spelling: string, problem?: TokenProblem): Token => {
    const span = { kind, text: spelling, start, end: start + spelling.length };
    return problem === undefined ? span : { ...span, problem };
  };
  for (const [spelling, kind, problem] of symbolsByFirst.get(first) ?? []) {
    if (text.startsWith(spelling, start)) return token(kind, spelling, problem);
  }
  if (isHexDigit(first)) {
    const mac = match(macAddress, text, start);
    if (mac !== undefined) return token('mac', mac);
    const attempt = match(macAttempt, text, start);
    if (attempt !== undefined) {
      const message = 'a MAC address has six pairs of hexadecimal digits';
      return token('mac', attempt, { rule: 'SNK003', message, hint: 'such as `00:00:00:00:00:01`' });
    }
  }
  const name = match(word, text, start);
  if (name !== undefined) return token('word', name);
  const numeral = match(digits, text, start);
  if (numeral !== undefined) return numeralToken(text, numeral, token);
  return junkToken(text, start);
}

function numeralToken(
  text: string,
  numeral: string,
  token: (kind: TokenKind, spelling: string, problem?: TokenProblem) => Token,
): Token {
  const kind = numeral.includes('.') ? 'ip' : 'number';
  const plain = token(kind, numeral);
  const tail = match(wordTail, text, plain.end);
  if (tail !== undefined) return token('number', numeral + tail, malformedNumber(numeral + tail));
  if (kind === 'ip' && numeral.split('.', 6).length !== 4) {
    const message = 'an IPv4 address has four numbers';
    return token('ip', numeral, { rule: 'SNK003', message, hint: 'such as `10.0.0.1`' });
  }
  if (kind === 'number' && !Number.isSafeInteger(Number(numeral))) {
    return token(kind, numeral, { rule: 'SNK004', message: 'the number is larger than 9007199254740991 (2^53-1)' });
  }
  return plain;
}

function malformedNumber(spelling: string): TokenProblem {
  const problem = { rule: 'SNK003', message: 'a number is written in decimal digits only' } as const;
  const isHexadecimal = /^0x[0-9a-f]{1,12}$/i.test(spelling);
  return isHexadecimal ? { ...problem, hint: `write \`${Number(spelling)}\`` } : problem;
}

/** One token for a whole run of characters that begin no token, so that a binary file is not an error a byte. */
function junkToken(text: string, start: number): Token {
  let end = start;
  while (end < text.length && !beginsToken(text, end)) end += 1;
  const spelling = text.slice(start, end);
  const [first] = spelling;
  const hint = junkHints.get(first ?? '');
  const problem = { rule: 'SNK002', message: 'this character has no meaning here' } as const;
  return { kind: 'junk', text: spelling, start, end, problem: hint === undefined ? problem : { ...problem, hint } };
}

const junkHints: ReadonlyMap<string, string> = new Map([
  ['\u{a0}', 'this is a no-break space: write a plain one'],
  ['/', 'a comment starts with `//` or `#`; a prefix such as `10.0.0.0/8` is not a value'],
  ['%', 'a comment starts with `//` or `#`'],
  ['"', 'names are written without quotes'],
  ["'", 'names are written without quotes'],
  ['⋅', 'a sequence is written `p; q`'],
  ['∪', 'a union is written `p + q`'],
  ['〈', 'write `<` or `⟨`'],
  ['〉', 'write `>` or `⟩`'],
]);

function beginsToken(text: string, offset: number): boolean {
  const unit = text.charCodeAt(offset);
  if (isBlank(unit) || isCommentStart(text, offset)) return true;
  return symbolsByFirst.has(text[offset]!) || isWordUnit(unit);
}

function skipTrivia(text: string, offset: number): number {
  let at = offset;
  for (;;) {
    while (at < text.length && isBlank(text.charCodeAt(at))) at += 1;
    if (!isCommentStart(text, at)) return at;
    while (at < text.length && !isLineEnd(text.charCodeAt(at))) at += 1;
  }
}

const isBlank = (unit: number): boolean => unit === 32 || (unit >= 9 && unit <= 13);
const isCommentStart = (text: string, at: number): boolean =>
  text[at] === '#' || (text[at] === '/' && text[at + 1] === '/');
const isWordUnit = (unit: number): boolean =>
  (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit === 95 || (unit >= 97 && unit <= 122);
const isHexDigit = (character: string): boolean => /^[0-9A-Fa-f]$/.test(character);
