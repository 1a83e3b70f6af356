import { statementOf } from './checks.js';
import type { Result, ShownCheck, ShownTablesCheck } from './result.js';

/** One thing that a result says, as machines that collect verdicts want it. */
export interface Finding {
  /** `lemma3`, `theorem1.paper`, `tables`, … `rejected.CODE` or `unreadable`. */
  readonly id: string;
  /** `pass`: it holds or is proved; `fail`: it is violated, or the program is rejected; `open`: it is unknown. */
  readonly kind: 'pass' | 'fail' | 'open';
  readonly message: string;
  /** The place of the text that is to blame, where there is one. */
  readonly at: { readonly line: number; readonly column: number; readonly file?: string } | undefined;
  readonly counterexample: NonNullable<Result['checks']['lemma3']>['counterexample'];
}

/** What is stated by that which a finding is about, for people who see its `id` only. */
export function statedBy(id: string): string {
  if (id === 'unreadable') return 'The program can be read';
  return id.startsWith('rejected') ? 'The program has a meaning' : statementOf(id);
}

/** The findings of a result, one a check; a single one if the program is rejected or cannot be read. */
export function findingsOf({ rejected, error, checks, options, properties = [] }: Result): Finding[] {
  if (error) return [{ id: 'unreadable', kind: 'fail', message: error.message, at: undefined, counterexample: null }];
  if (rejected) {
    const { code, message, line, column } = rejected;
    const at = line === null || column === null ? undefined : { line, column };
    return [{ id: `rejected.${code}`, kind: 'fail', message, at, counterexample: null }];
  }
  return Object.entries(checks).map(([id, check]) => {
    const { status, counterexample, why } = check;
    const property = properties.find(({ name }) => id === `property.${name}`);
    const at = property && { line: property.line, column: property.column, file: property.file };
    const kind = status === 'violated' ? 'fail' : status === 'unknown' ? 'open' : 'pass';
    const title = property ? `${property.name}: ${property.text}` : statementOf(id);
    const words =
      status === 'violated'
        ? `violated (${counterexample!.kind}): ${counterexample!.explanation}`
        : status === 'unknown'
          ? `unknown: ${why}`
          : status === 'proved'
            ? 'proved, for any number of packets'
            : inWords(check, options.packets);
    return { id, kind, message: `${title}: ${words}`, at, counterexample };
  });
}

/** What it means that a check holds. */
function inWords(check: ShownCheck | ShownTablesCheck, packets: number): string {
  const { trees, always, vacuous }: Partial<ShownCheck> = { ...check };
  const within = trees === undefined && !always ? `with up to ${packets} packets` : 'for all packets';
  return `holds ${within}${vacuous ? ', vacuously: nothing ever satisfies what it is about' : ''}`;
}
