import { escapeCharacter } from '../base/printable.js';
import type { Span } from '../netkat/policy.js';
import { type DiagnosticCode, diagnosticCodes, type RuleCode, rules } from './rules.js';
import { positionsOf } from './source.js';

/** One thing that is wrong with a program's text (spec 1.1), and where. */
export interface Diagnostic {
  /** `rejected.code` of interface.md. */
  readonly code: DiagnosticCode;
  /** The finer code, which is stable; `rules` says what each means. */
  readonly rule: RuleCode;
  readonly message: string;
  readonly span: Span;
  /** The line, counted from 1. */
  readonly line: number;
  /** The column, counted from 1 in Unicode code points. */
  readonly column: number;
  /** What would have been right here, in words. */
  readonly expected?: string;
  /** Advice: the nearest existing name, or another way to write it. */
  readonly hint?: string;
}

/** What a diagnostic may say besides its message. */
export interface Remarks {
  readonly expected?: string;
  /** A function is called only if the diagnostic is shown, since to look for the nearest of many names takes time. */
  readonly hint?: string | (() => string | undefined);
  /** Another place: the message ends "; LABEL at LINE:COLUMN". */
  readonly elsewhere?: { readonly label: string; readonly span: Span };
}

/** Reports a broken rule at a place. */
export type Report = (rule: RuleCode, span: Span, message: string, remarks?: Remarks) => void;

interface Draft {
  readonly rule: RuleCode;
  readonly span: Span;
  readonly message: string;
  readonly remarks: Remarks | undefined;
}

/** The diagnostics of one run, as they come in. */
export interface DiagnosticLog {
  readonly report: Report;
  readonly count: () => number;
  /** Whether `maxCounted` diagnostics have been reported; further reports are ignored. */
  readonly isFull: () => boolean;
  /** At most `maxDiagnostics` diagnostics, sorted by position, and how many more there were. */
  readonly finish: (text: string) => { readonly diagnostics: readonly Diagnostic[]; readonly omitted: number };
}

/**
 * How many diagnostics a reading has at most; if there are more, those whose codes come first in `diagnosticCodes` are
 * kept.
 */
export const maxDiagnostics = 100;

/**
 * After this many diagnostics the reading of a file stops. They are far more than are shown, so that the most important
 * ones are among them.
 */
export const maxCounted = 5000;

export function createLog(): DiagnosticLog {
  const drafts: Draft[] = [];
  // A second diagnostic of the same code at the same place is a consequence of the first, and is left out.
  const places = new Set<string>();
  return {
    report(rule, span, message, remarks) {
      if (drafts.length >= maxCounted) return;
      const place = `${rules[rule].code} ${span.start}`;
      if (places.has(place)) return;
      places.add(place);
      drafts.push({ rule, span, message, remarks });
    },
    count: () => drafts.length,
    isFull: () => drafts.length >= maxCounted,
    finish(text) {
      const kept = [...drafts].sort(byPrecedence).slice(0, maxDiagnostics).sort(byPosition);
      return { diagnostics: settle(kept, text), omitted: drafts.length - kept.length };
    },
  };
}

const rank = (code: DiagnosticCode): number => diagnosticCodes.indexOf(code);
const byPosition = (a: { readonly span: Span }, b: { readonly span: Span }): number => a.span.start - b.span.start;
const byPrecedence = (a: Draft, b: Draft): number =>
  rank(rules[a.rule].code) - rank(rules[b.rule].code) || byPosition(a, b);

function settle(drafts: readonly Draft[], text: string): readonly Diagnostic[] {
  const offsets = drafts.flatMap(({ span, remarks }) => [
    span.start,
    ...(remarks?.elsewhere ? [remarks.elsewhere.span.start] : []),
  ]);
  const positions = positionsOf(text, offsets);
  return drafts.map(({ rule, span, message, remarks = {} }) => {
    const { expected, elsewhere } = remarks;
    const hint = typeof remarks.hint === 'function' ? remarks.hint() : remarks.hint;
    const other = elsewhere && positions.get(elsewhere.span.start)!;
    return {
      code: rules[rule].code,
      rule,
      message: other ? `${message}; ${elsewhere.label} at ${other.line}:${other.column}` : message,
      span,
      ...positions.get(span.start)!,
      ...(expected === undefined ? {} : { expected }),
      ...(hint === undefined ? {} : { hint }),
    };
  });
}

/**
 * In the order of the text, the `count` diagnostics that come first by their codes and, among equal codes, by their
 * places.
 */
export const firstOf = (diagnostics: readonly Diagnostic[], count: number): readonly Diagnostic[] =>
  [...diagnostics]
    .sort((a, b) => rank(a.code) - rank(b.code) || byPosition(a, b))
    .slice(0, count)
    .sort(byPosition);

/**
 * The diagnostic that `rejected` of interface.md reports: of those whose code comes first in the order syntax, name,
 * topology, the first in the text. It is undefined only if the list is empty.
 */
export function firstReason(diagnostics: readonly Diagnostic[]): Diagnostic | undefined {
  return [...diagnostics].sort((a, b) => rank(a.code) - rank(b.code) || byPosition(a, b))[0];
}

const maxQuoted = 40;

/** A piece of the program's text inside a message: shortened, and with nothing in it that a terminal would obey. */
export function quote(text: string): string {
  const points = Array.from(text.slice(0, 2 * maxQuoted + 2));
  const isLong = points.length > maxQuoted;
  return `\`${points.slice(0, maxQuoted).map(escapeCharacter).join('')}${isLong ? '…' : ''}\``;
}
