import { writeFileSync } from 'node:fs';
import { Argument, Option } from 'commander';
import { type CheckName, checks, convert, type FormatName, formatNames, readDocuments } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { printable, readText, showsUnicode } from './files.js';
import type { Verb } from './verb.js';

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
  try {
    writeFileSync(output, content);
  } catch (error) {
    return complain(`cannot write ${printable(output)}: ${(error as Error).message}`);
  }
  process.stdout.write(`${printable(output)}: ${to}\n`);
  return exitStatus.ok;
}
