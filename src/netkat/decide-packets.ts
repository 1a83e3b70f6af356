import { checkTime, LimitReached, type Limits } from '../base/limits.js';
import { type Headers, undetermined } from './fields.js';
import type { OnAsked } from './ingress.js';

/** The answer for some packets: the field on which it depends, or what is to be known of them. */
export type Answer<Result> = { readonly field: number } | { readonly result: Result };

/** What packets are split by: header fields and, behind them, perhaps components of a state. */
export interface Split {
  readonly count: number;
  /**
   * The values that a field can have beside those that are known already. The first is tried first as the one that
   * stands for those that nothing looks at.
   */
  readonly valuesOf: (field: number, known: Headers) => readonly number[];
  /** Whether every value is tried, looked at or not: none can stand for others. */
  readonly isWhole: (field: number) => boolean;
}

/**
 * Decides something for all packets that can enter at one place at once, as a decision tree: as in `representPackets`,
 * fields for which nothing asks stay undetermined, and of the values of a field at which nothing looks, one stands for
 * all.
 * @param ask must tell `asked` of every value that it looks at
 * @param join puts together what is known for some values of a field, and for the rest
 * @returns undefined if no packet can enter @throws LimitReached
 */
export function decidePackets<Result>(
  { count, valuesOf, isWhole }: Split,
  limits: Pick<Limits, 'packetClasses' | 'deadline'>,
  ask: (headers: Headers, asked: OnAsked) => Answer<Result>,
  join: (field: number, cases: readonly (readonly [value: number, result: Result])[], rest: Result) => Result,
): Result | undefined {
  const start: Headers = Array.from({ length: count }, () => undetermined);
  if (start.some((_, field) => valuesOf(field, start).length === 0)) return undefined;
  const looked: Set<number>[] = start.map(() => new Set());
  const asked: OnAsked = (field, value) => looked[field]!.add(value);
  let settled = 0;
  const decide = (headers: Headers): Result => {
    checkTime(limits);
    const answer = ask(headers, asked);
    if ('result' in answer) {
      if (++settled > limits.packetClasses)
        throw new LimitReached(`more than ${limits.packetClasses} kinds of packets at one host`);
      return answer.result;
    }
    const { field } = answer;
    if (headers[field] !== undetermined) throw new Error('assertion: a field is asked for that is known');
    const possible = valuesOf(field, headers);
    const before = looked[field]!;
    const values = new Set<number>(isWhole(field) ? possible : []);
    looked[field] = values;
    const left = new Set(possible);
    const cases = new Map<number, Result>();
    const visit = (value: number): void => {
      if (left.delete(value)) cases.set(value, decide(headers.with(field, value)));
    };
    visit(possible[0]!);
    for (const value of values) visit(value);
    const unlooked = () => [...cases.keys()].find((value) => !values.has(value));
    // A value at which nothing looks stands for the rest; if none such has been tried yet, more values are tried.
    while (left.size > 0 && unlooked() === undefined) {
      visit([...left][0]!);
      for (const value of values) visit(value);
    }
    looked[field] = new Set([...before, ...values]);
    const rest = unlooked() ?? [...cases.keys()].at(-1)!;
    return join(
      field,
      [...cases].filter(([value]) => value !== rest),
      cases.get(rest)!,
    );
  };
  return decide(start);
}

/** The values of a field's domain, `implied` first: the one that stands best for those that nothing looks at. */
export const impliedFirst = (size: number, implied: number): number[] => [
  implied,
  ...Array.from({ length: size }, (_, value) => value).filter((value) => value !== implied),
];
