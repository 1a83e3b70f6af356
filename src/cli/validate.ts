import path from 'node:path';
import { Argument } from 'commander';
import { printable } from '../base/printable.js';
import {
  type ExecutionDocument,
  readDocuments,
  type ShownValidation,
  showValidation,
  validateExecutions,
} from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus, overallStatus } from './exit-status.js';
import { readText, wantsColour } from './files.js';
import { nothingToDo, ruleOfNothing } from './nothing-to-do.js';
import { programOf } from './program-of.js';
import { refuse } from './refuse.js';
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
1 some is not, or does not; 2 the input cannot be used.
${ruleOfNothing}`,
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
  if (documents.every(({ executions }) => executions.length === 0)) return nothingToDo(file, documents, 'validate');
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
  if (validated.ok) return validated.validation;
  // A rejection is of the program; else it is the document that cannot be used.
  return refuse(validated.kind === 'rejected' ? found.file : file, validated);
}
