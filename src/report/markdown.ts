import { greatest } from '../base/extremes.js';
import { printable } from '../base/printable.js';

/** Untrusted text as code, in which nothing is markup, nobody is mentioned and nothing is linked. */
export function code(text: string): string {
  const shown = printable(text) || ' ';
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(
    1 +
      greatest(
        runs.map((run) => run.length),
        0,
      ),
  );
  const pad = /^`|`$|^ .* $/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}
