import path from 'node:path';
import { Argument } from 'commander';
import {
  type ExecutionDocument,
  readDocuments,
  type ShownValidation,
  showDiagnostics,
  showValidation,
  validateExecutions,
} from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus, overallStatus } from './exit-status.js';
import { printable, readText, wantsColour } from './files.js';
import { programOf } from './program-of.js';
import type { Verb } from './verb.js';

/** What commander hands over for `validate`. */
interface ValidateFlags {
  readonly program?: string;
  readonly json?: true;
}

/** The verb `validate`. */
export const validateVerb: Verb = (program, end) => {
  program
    .command('validate')
    .description('re-run the executions of a result by the rules, and judge them by the definitions')
    .addArgument(new Argument('<file>', 'what `check --json` prints, or an execution written by hand (JSON)'))
    .option('--program <file>', 'the program that they are executions of (default: the file that the result names)')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Exit status: 0 every execution is possible and breaks the check that it is said to break;
1 some is not, or does not; 2 the input cannot be used.`,
    )
    .action((file: string, flags: ValidateFlags) => {
      end(runValidate(file, flags));
    });
};

function runValidate(file: string, { program, json }: ValidateFlags): ExitStatus {
  const text = readText(file);
  if ('problem' in text) return complain(text.problem);
  const reading = readDocuments(text.text);
  if (!reading.ok) return complain(reading.problems.map((problem) => `${printable(file)}: ${printable(problem)}`));
  const { documents } = reading;
  if (documents.every(({ executions }) => executions.length === 0)) {
    const rejected = documents.find((document) => document.rejected)?.rejected;
    const why = rejected
      ? `the program is rejected [${rejected.code}]`
      : 'no check is violated, and there are no `steps`';
    return complain(`${printable(file)}: there is no execution to re-run: ${why}`);
  }
  const shown: ShownValidation[] = [];
  const statuses: ExitStatus[] = [];
  for (const document of documents) {
    if (document.executions.length === 0) continue;
    const validated = validateDocument(file, document, program);
    if (typeof validated === 'number') {
      statuses.push(validated);
      continue;
    }
    if (!json)
      process.stdout.write(
        `${shown.length > 0 ? '\n' : ''}${showValidation(validated, { colour: wantsColour(process.stdout) })}\n`,
      );
    shown.push(validated);
    statuses.push(validated.confirmed ? exitStatus.ok : exitStatus.violated);
  }
  if (json && shown.length > 0)
    process.stdout.write(`${JSON.stringify(documents.length === 1 ? shown[0] : shown, null, 2)}\n`);
  return overallStatus(statuses);
}

function validateDocument(
  file: string,
  document: ExecutionDocument,
  program: string | undefined,
): ShownValidation | ExitStatus {
  const found = programOf(document, path.dirname(file), program);
  if ('problem' in found) return complain(`${printable(file)}: ${found.problem}`);
  if (found.note !== undefined) process.stderr.write(`snk-verify: note: ${found.note}\n`);
  const validated = validateExecutions(document, found.bytes, found.file);
  switch (validated.kind) {
    case 'validated':
      return validated.validation;
    case 'unusable':
      return complain(`${printable(file)}: ${printable(validated.why)}`);
    case 'rejected': {
      const { reading, rejection } = validated;
      if (!reading.ok) {
        process.stderr.write(`${showDiagnostics(reading, { colour: wantsColour(process.stderr) })}\n`);
        return exitStatus.rejected;
      }
      return complain(`${printable(found.file)}: rejected [${rejection.code}]: ${printable(rejection.message)}`);
    }
  }
}
