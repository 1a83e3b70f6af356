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
  | '=>'
  | '<->'
  | '-';

/** `junk` is text that is no token; `end` is the end of the file. */
export type TokenKind = SymbolKind | 'word' | 'number' | 'ip' | 'mac' | 'junk' | 'end';

/** Why a token is not one of the language. Its kind is that of the token that was most likely meant. */
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
  ['=>', '=>'],
  ...(['(', ')', '[', ']', '{', '}', '<', '>', ',', ';', ':', '@', '+', '*', '&', '|', '!', '=', '-'] as const).map(
    (kind) => [kind, kind] as const,
  ),
  ['∧', '&'],
  ['∨', '|'],
  ['¬', '!'],
  ['≠', '!='],
  ['←', '<-'],
  ['→', '->'],
  ['⇒', '=>'],
  ['↔', '<->'],
  ['⟨', '<'],
  ['⟩', '>'],
];

/**
 * Operators of other languages. Each is reported, with the spelling of this language as a hint, and read as what it
 * means there.
 */
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

const symbolsByFirst = new Map<number, (typeof symbols)[number][]>();
for (const entry of [...foreignSymbols.map(([spelling, kind]) => foreign(spelling, kind)), ...symbols]) {
  const first = entry[0].charCodeAt(0);
  symbolsByFirst.set(first, [...(symbolsByFirst.get(first) ?? []), entry]);
}

const dottedDigits = /[0-9]+(?:\.[0-9]+)*/y;
const macAddress = /[0-9A-Fa-f]{1,2}(?::[0-9A-Fa-f]{1,2}){5}(?![0-9A-Za-z_:])/y;
// Three or more groups make no location, so they can only be meant as a MAC address.
const macAttempt = /[0-9A-Fa-f]+(?::[0-9A-Za-z]+){2,}/y;

function match(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

/** The first token at or after an offset, beyond white space and comments. Pure; the caller reports `problem`. */
export function scanToken(text: string, offset: number): Token {
  const start = skipTrivia(text, offset);
  if (start >= text.length) return { kind: 'end', text: '', start, end: start };
  const first = text.charCodeAt(start);
  if (isWordUnit(first)) return scanWord(text, start, first);
  for (const [spelling, kind, problem] of symbolsByFirst.get(first) ?? []) {
    if (text.startsWith(spelling, start)) return tokenAt(start, kind, spelling, problem);
  }
  return junkToken(text, start);
}

function tokenAt(start: number, kind: TokenKind, text: string, problem?: TokenProblem): Token {
  const end = start + text.length;
  return problem === undefined ? { kind, text, start, end } : { kind, text, start, end, problem };
}

/** A word, number or address, which starts with a letter, a digit or `_`. */
function scanWord(text: string, start: number, first: number): Token {
  let end = start + 1;
  while (isWordUnit(text.charCodeAt(end))) end += 1;
  if (text[end] === ':') {
    const mac = match(macAddress, text, start);
    if (mac !== undefined) return tokenAt(start, 'mac', mac);
    const attempt = match(macAttempt, text, start);
    if (attempt !== undefined) {
      const message = 'a MAC address has six pairs of hexadecimal digits';
      return tokenAt(start, 'mac', attempt, { rule: 'SNK003', message, hint: 'such as `00:00:00:00:00:01`' });
    }
  }
  if (!isDigit(first)) return tokenAt(start, 'word', text.slice(start, end));
  return scanNumber(text, start, end);
}

/** `end` is where the letters and digits end. */
function scanNumber(text: string, start: number, end: number): Token {
  const spelling = match(dottedDigits, text, start)!;
  let tail = start + spelling.length;
  if (spelling.includes('.')) {
    while (isWordUnit(text.charCodeAt(tail))) tail += 1;
    if (tail === start + spelling.length && spelling.split('.', 6).length === 4) return tokenAt(start, 'ip', spelling);
    const message = 'an IPv4 address has four numbers';
    return tokenAt(start, 'ip', text.slice(start, tail), { rule: 'SNK003', message, hint: 'such as `10.0.0.1`' });
  }
  if (tail < end) return tokenAt(start, 'number', text.slice(start, end), malformedNumber(text.slice(start, end)));
  if (Number.isSafeInteger(Number(spelling))) return tokenAt(start, 'number', spelling);
  const message = 'the number is larger than 9007199254740991 (2^53-1)';
  return tokenAt(start, 'number', spelling, { rule: 'SNK004', message });
}

function malformedNumber(spelling: string): TokenProblem {
  const problem = { rule: 'SNK003', message: 'a number is written in decimal digits only' } as const;
  const isHexadecimal = /^0x[0-9a-f]{1,12}$/i.test(spelling);
  return isHexadecimal ? { ...problem, hint: `write \`${Number(spelling)}\`` } : problem;
}

/**
 * One token for a whole run of characters that begin no token, so that a binary file does not give an error for every
 * byte.
 */
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
  return symbolsByFirst.has(unit) || isWordUnit(unit);
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
const isCommentStart = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  return unit === 35 || (unit === 47 && text.charCodeAt(at + 1) === 47);
};
const isWordUnit = (unit: number): boolean =>
  (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit === 95 || (unit >= 97 && unit <= 122);
const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
