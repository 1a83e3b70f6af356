import { showEvents } from '../../base/event-set-notation.js';
import { assertOptions, type ShowOptions, showOptions } from '../../base/options.js';
import { printable } from '../../base/printable.js';
import { assertArguments, objectWith } from '../../base/taken.js';
import type { Occurred, Semantics, Step, ViolationKind } from '../../execution/execution.js';
import type { StatedStep } from '../../execution/stated.js';
import { type ByCheck, namesIn } from '../../theorems/checks.js';
import type { Claim } from '../read/document.js';
import { titleOfCheck } from '../result/checks.js';
import { palette } from './palette.js';
import { narrate } from './story.js';
import { wrap } from './wrap.js';

/** How an execution breaks a check. */
export interface ShownViolation {
  readonly kind: ViolationKind;
  readonly packet: number | null;
  readonly event: number | null;
  readonly explanation: string;
  readonly occurrences: readonly Occurred[];
}

/** What the definition of a check says of an execution; `incomplete`: Theorem 1 speaks of complete executions alone. */
export interface ShownJudgement {
  readonly status: 'kept' | 'violated' | 'incomplete';
  readonly violations: readonly ShownViolation[];
}

/** What became of one execution of a document. */
export interface ValidatedExecution {
  /** Where it is in the document. */
  readonly path: string;
  readonly claim: Claim | null;
  /** The steps that are possible, with everything that the rules say of them. */
  readonly steps: readonly Step[];
  /** The first impossible step, if there is one. */
  readonly impossible: { readonly step: number; readonly stated: StatedStep; readonly why: string } | null;
  /** How many steps come after that. */
  readonly unreached: number;
  /** Whether no packet is under way at the end. */
  readonly complete: boolean;
  /** The judgements by the definitions; empty if a step is impossible. */
  readonly checks: ByCheck<ShownJudgement>;
  /** Every step is possible, and the check that is said to be broken is broken in the way that is said. */
  readonly confirmed: boolean;
  /** Why the execution is confirmed, or why it is not. */
  readonly why: string;
}

/** What `snk-verify validate` says of a document. */
export interface ShownValidation {
  readonly tool: { readonly name: 'snk-verify'; readonly version: string };
  readonly program: { readonly file: string; readonly sha256: string };
  readonly options: { readonly semantics: Semantics; readonly packets?: number; readonly controller: boolean };
  readonly executions: readonly ValidatedExecution[];
  readonly confirmed: boolean;
}

/**
 * A validation for people, without a line end at the end.
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { readDocuments, showValidation, validateExecutions } from 'snk-verify';
 *
 * const file = 'models/firewall.snk';
 * const source = readFileSync(file, 'utf8');
 * const written = { program: { file }, steps: [{ rule: 'IN', at: '1:2', headers: { ip_dst: 'H4' } }] };
 * const reading = readDocuments(JSON.stringify(written));
 * const validated = reading.ok && validateExecutions(reading.documents[0]!, source, file);
 * if (validated && validated.ok) {
 *   const lines = showValidation(validated.validation).split('\n');
 *   console.log(lines.at(-1)); //   confirmed: every step is possible; nothing else is said of them
 * }
 * ```
 */
export function showValidation(validation: ShownValidation, options: ShowOptions = {}): string {
  const whole = objectWith('a validation, what validateExecutions gives as its `validation`', 'options', 'executions');
  assertArguments('showValidation', { validation: [validation, whole] });
  assertOptions('showValidation', options, showOptions);
  const { program, options: run } = validation;
  const { colour = false } = options;
  const { bold } = palette(colour);
  const file = printable(program.file);
  const title = `${bold(file)}  (${run.semantics}, controller ${run.controller ? 'on' : 'off'})`;
  return [title, ...validation.executions.flatMap((execution) => ['', ...executionLines(execution, { colour })])].join(
    '\n',
  );
}

function executionLines(execution: ValidatedExecution, options: { readonly colour: boolean }): string[] {
  const { bold, green, red, dim } = palette(options.colour);
  const { path, claim, steps, impossible, unreached, complete, checks, confirmed, why } = execution;
  const width = String(steps.length + (impossible ? 1 : 0) + unreached).length;
  const number = (i: number) => String(i + 1).padStart(width);
  const indent = ' '.repeat(width + 26);
  const told = narrate(steps);
  const lines = steps.flatMap(({ rule }, i) => {
    const [first, ...more] = told[i]!;
    return [`  ${green('possible')}    ${dim(number(i))}  ${rule.padEnd(8)}  ${first}`, ...more.map((l) => indent + l)];
  });
  if (impossible) {
    const { step, stated } = impossible;
    const [first, ...more] = wrap(impossible.why, '');
    lines.push(`  ${red('IMPOSSIBLE')}  ${dim(number(step))}  ${stated.rule.padEnd(8)}  ${first}`);
    for (const one of more.map((l) => indent + l)) lines.push(one);
  }
  if (unreached > 0) lines.push(`  not reached: ${unreached} more ${unreached === 1 ? 'step' : 'steps'}`);
  else if (!impossible && !complete) lines.push('  packets are still under way at the end');
  return [
    `  ${bold(path)}${claim ? `, said to break ${titleOfCheck(claim.check)}${claim.kind ? `: ${claim.kind}` : ''}` : ''}`,
    ...lines,
    ...namesIn(checks).flatMap((name) => judgementLines(titleOfCheck(name), checks[name], options)),
    ...wrap(`${confirmed ? green('confirmed') : red(bold('NOT CONFIRMED'))}: ${why}`, '  '),
  ];
}

function judgementLines(
  title: string,
  judged: ShownJudgement | undefined,
  options: { readonly colour: boolean },
): string[] {
  if (!judged) return [];
  const { green, red, yellow } = palette(options.colour);
  const colour = { kept: green, violated: red, incomplete: yellow }[judged.status];
  return [
    `  ${title.padEnd(20)}${colour(judged.status)}`,
    ...judged.violations.flatMap(({ kind, explanation, occurrences }) => {
      const where = occurrences.map(({ event, step }) => `${showEvents([event])} in step ${step + 1}`).join(', ');
      return [...wrap(`${kind}: ${explanation}`, '    '), ...(where ? wrap(`events occur: ${where}`, '    ') : [])];
    }),
  ];
}
