import type { CheckName } from '../../theorems/checks.js';
import { titleOfCheck } from '../result/checks.js';
import type { Portrait } from './portrait.js';
import { folded, plainText, swimLanes } from './swim-lanes.js';

/** Checks in words: `Theorem 1 (paper) and Theorem 1 (causal)`. */
export const checksOf = (checks: readonly CheckName[]): string =>
  checks.map((check) => titleOfCheck(check)).join(' and ');

/** What an execution is, in a line: its program, how the network runs, and what the execution is said to break. */
export function titleOf({ document, claim, breaks }: Portrait): string {
  const { program, options } = document;
  const file = plainText(program.file ?? 'an execution');
  const how = claim?.kind ? `: ${claim.kind}` : '';
  const broken = breaks.length > 0 ? `; breaks ${checksOf(breaks)}${how}` : '';
  return `${file}, ${options.semantics}, controller ${options.controller ? 'on' : 'off'}${broken}`;
}

/** Executions as swim-lane diagrams for a terminal of 80 columns, in plain ASCII if it shows nothing else. */
export const toText = (portraits: readonly Portrait[], options: { readonly ascii: boolean }): string =>
  portraits
    .map((portrait) => {
      const why = portrait.claim?.explanation;
      const head = [titleOf(portrait), ...(why === undefined ? [] : [plainText(why)])];
      return `${[...head.flatMap((text) => folded(text)), '', swimLanes(portrait, options)].join('\n')}\n`;
    })
    .join('\n');
