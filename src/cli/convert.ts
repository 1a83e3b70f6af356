import { Argument, Option } from 'commander';
import { printable } from '../base/printable.js';
import {
  type CheckName,
  checks,
  convert,
  type ExecutionDocument,
  type FormatName,
  formatNames,
  readDocuments,
} from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { readText, showsUnicode } from './files.js';
import { nothingToDo, ruleOfNothing } from './nothing-to-do.js';
import type { Verb } from './verb.js';
import { writeFile } from './write.js';

/** What commander hands over for `convert`. */
interface ConvertFlags {
  readonly to: FormatName;
  readonly output?: string;
  readonly check?: CheckName;
}

/** The verb `convert`. */
export const convertVerb: Verb = (program, end) => {
  program
    .command('convert')
    .description('write the executions of a result in another format')
    .addArgument(new Argument('<file>', 'what `check --json` prints, or an execution written by hand (JSON)'))
    .addOption(
      new Option(
        '--to <format>',
        'text: swim-lanes for a terminal; markdown: for pull requests; itf: Informal Trace Format; pcapng: for Wireshark; mermaid: a sequence diagram',
      )
        .choices(formatNames)
        .makeOptionMandatory(),
    )
    .option('-o, --output <file>', 'where to write it (default: standard output)')
    .addOption(
      new Option(
        '--check <name>',
        'the counterexample to this check (default: all; in itf, pcapng and mermaid, which hold one, the first)',
      ).choices(checks.map(({ name }) => name)),
    )
    .addHelpText('after', `\n${ruleOfNothing}`)
    .action((file: string, flags: ConvertFlags) => {
      end(runConvert(file, flags));
    });
};

function runConvert(file: string, { to, output, check }: ConvertFlags): ExitStatus {
  const text = readText(file);
  if ('problem' in text) return complain(text.problem);
  const reading = readDocuments(text.text);
  const about = (why: string) => `${printable(file)}: ${printable(why)}`;
  if (!reading.ok) return complain(reading.problems.map(about));
  const said = reading.documents.map((document) => saidOf(document, check));
  if (said.every(({ executions }) => executions.length === 0)) return nothingToDo(file, said, 'convert');
  // A file may be read anywhere.
  const ascii = output === undefined && !showsUnicode(process.env);
  const converted = convert(reading.documents, to, { ascii, ...(check === undefined ? {} : { check }) });
  if (!converted.ok) return complain(about(converted.why));
  const { content } = converted;
  if (output === undefined) {
    if (typeof content !== 'string' && process.stdout.isTTY)
      return complain(`${to} is nothing to show on a terminal: say -o FILE`);
    process.stdout.write(content);
    return exitStatus.ok;
  }
  const problem = writeFile(output, content);
  if (problem !== undefined) return complain(problem);
  process.stdout.write(`${printable(output)}: ${to}\n`);
  return exitStatus.ok;
}

/** What a document says of all checks, or of one. */
const saidOf = (
  document: ExecutionDocument,
  check: CheckName | undefined,
): ExecutionDocument & { readonly asked?: CheckName } =>
  check === undefined
    ? document
    : {
        ...document,
        asked: check,
        statuses: Object.fromEntries(Object.entries(document.statuses).filter(([name]) => name === check)),
        executions: document.executions.filter(({ claim }) => claim?.check === check),
      };
