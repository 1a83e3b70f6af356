import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import {
  type Checked,
  type CheckOptions,
  CheckpointError,
  capabilities,
  check,
  defaults,
  type Result,
  readReductions,
  readTables,
  reductionNames,
  report,
  semanticsNames,
  showDiagnostics,
  showResult,
  type Tables,
  unread,
} from '../workbench.js';
import { checkpointFolder } from './checkpoints.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus, overallStatus, statusOf } from './exit-status.js';
import { readSource, wantsColour } from './files.js';
import { documentOf, type Format, filesOf, formatOption, type Shard, shard } from './format.js';
import { progressLine } from './progress.js';
import { writePages } from './report.js';
import {
  controllerOption,
  crossCheckOption,
  packetsAtMost,
  packetsOption,
  semanticsOption,
  unrollOption,
} from './shared-options.js';
import { memorySize, seconds, type Verb, wholeNumber } from './verb.js';

/** What commander hands over for `check`, by the names of the options. */
interface CheckFlags {
  readonly semantics: NonNullable<CheckOptions['semantics']>;
  readonly spec: NonNullable<CheckOptions['spec']>;
  readonly properties?: string;
  readonly check?: readonly string[];
  readonly witness?: string;
  readonly packets: number;
  readonly controller: 'on' | 'off';
  readonly engine: NonNullable<CheckOptions['engine']>;
  readonly crossCheck: NonNullable<CheckOptions['crossCheck']>;
  readonly reduce: NonNullable<CheckOptions['reduce']>;
  readonly tables?: string;
  readonly force?: true;
  readonly blocks: 'on' | 'off';
  readonly unroll?: number;
  readonly maxStates?: number;
  readonly maxMemory?: number;
  readonly timeout?: number;
  readonly resume?: string;
  readonly coverage?: boolean;
  readonly workers: number;
  readonly json?: true;
  readonly format: Format;
  readonly shard?: Shard;
  readonly html?: string;
}

/** The verb `check`, which may be left out. */
export const checkVerb: Verb = (program, end) => {
  program
    .command('check', { isDefault: true })
    .description('check Lemma 3, Theorem 1 and the properties that are declared (this verb may be left out)')
    .addArgument(new Argument('<file...>', 'Stateful NetKAT programs (.snk)'))
    .addOption(semanticsOption())
    .addOption(
      new Option('--spec <name>', 'which definition of Theorem 1').choices(['paper', 'causal', 'both']).default('both'),
    )
    .option('--properties <file>', 'a file of properties, besides those that the program declares')
    .addOption(
      new Option(
        '--check <names>',
        'what to check: lemma3, theorem1.paper, theorem1.causal, strong, property.NAME, properties (all of them)',
      ).argParser((names: string) => names.split(',').map((name) => name.trim())),
    )
    .option('--witness <name>', 'show a shortest execution in which this property demands something and gets it')
    .addOption(packetsOption(packetsAtMost))
    .addOption(controllerOption())
    .addOption(
      new Option(
        '--engine <name>',
        'explore: every state, within bounds; smt: Z3 over symbolic packets and schedules, within bounds; all: proofs for any number of packets, and exploration',
      )
        .choices(['explore', 'smt', 'all'])
        .default('all'),
    )
    .addOption(crossCheckOption())
    .addOption(
      new Option('--reduce <names>', `what keeps an exploration small: all, none, or some of ${reductionNames}`)
        .argParser(reductions)
        .default(readReductions('all'), 'all'),
    )
    .option('--tables <file>', 'the tables that switches run, instead of those that `compile` makes (tagged only)')
    .option('--force', 'check although the program is not locally determined')
    // Verdicts are the same: this is for comparing them, so the short help does not have it.
    .addOption(
      new Option('--blocks <state>', 'off: take the state as one block, to test blocks')
        .choices(['on', 'off'])
        .default('on')
        .hideHelp(),
    )
    .addOption(unrollOption())
    .addOption(
      new Option('--max-states <n>', 'states to visit for one check at most (default: 20,000,000)').argParser(
        wholeNumber(1, 1_000_000_000),
      ),
    )
    .addOption(
      new Option(
        '--max-memory <size>',
        'memory to use at most, such as 512M or 4G (default: half of what is free)',
      ).argParser(memorySize),
    )
    .addOption(
      new Option(
        '--timeout <seconds>',
        `time for one check at most (default: ${defaults.timeout_ms / 1000})`,
      ).argParser(seconds),
    )
    .addOption(
      new Option('--workers <n>', 'checks to explore at the same time, each in a thread of its own')
        .argParser(wholeNumber(1, 64))
        .default(1),
    )
    .option('--resume <folder>', 'go on from the checkpoints in this folder, and keep some there while checks run')
    .option('--coverage', 'say what executions use of the program: events, states, edges, branches')
    .option('--json', 'print one JSON document (the same as --format json)')
    .addOption(formatOption())
    .addOption(new Option('--shard <i/n>', 'check the i-th of n parts of the files; see merge').argParser(shard))
    .option('--html <folder>', 'write a page for each file into a folder')
    .action(async (files: string[], flags: CheckFlags, command: Command) => {
      if (flags.resume !== undefined && files.length > 1)
        command.error('error: --resume goes with one program: checkpoints of several would overwrite each other');
      const isFormatGiven = command.getOptionValueSource('format') === 'cli';
      if (flags.json && isFormatGiven && flags.format !== 'json')
        command.error(`error: --json and --format ${flags.format} are two formats: choose one`);
      const given: Given = flags.tables === undefined ? {} : readGiven(flags.tables, files, flags.semantics);
      if ('problems' in given) return end(complain(given.problems));
      const beside = flags.properties === undefined ? {} : readBeside(flags.properties, files);
      if ('problems' in beside) return end(complain(beside.problems));
      const resume = flags.resume === undefined ? undefined : checkpointFolder(flags.resume);
      const options = { ...optionsOf(flags), ...given, ...beside, ...(resume && { resume }) };
      const status = await runCheck(files, options, flags);
      end(resume?.hasFailed() ? overallStatus([status, exitStatus.rejected]) : status);
    });
};

function optionsOf(flags: CheckFlags): CheckOptions {
  const { semantics, spec, packets, controller, engine, crossCheck, force = false, workers, reduce } = flags;
  const { blocks, unroll, maxStates, maxMemory, timeout, check: checks, witness } = flags;
  return {
    ...(checks === undefined ? {} : { checks }),
    ...(witness === undefined ? {} : { witness }),
    semantics,
    spec,
    packets,
    controller: controller === 'on',
    engine,
    crossCheck,
    force,
    isOneBlock: blocks === 'off',
    coverage: flags.coverage ?? false,
    workers,
    reduce,
    ...(unroll === undefined ? {} : { unroll }),
    ...(maxStates === undefined ? {} : { maxStates }),
    ...(maxMemory === undefined ? {} : { maxMemory_bytes: maxMemory }),
    ...(timeout === undefined ? {} : { timeout_ms: timeout * 1000 }),
  };
}

function reductions(text: string): NonNullable<CheckOptions['reduce']> {
  const read = readReductions(text);
  if (!read) throw new InvalidArgumentError(`It takes all, none, or some of ${reductionNames}.`);
  return read;
}

/** What `--tables` gives. */
type Given = { readonly tables?: Tables } | { readonly problems: readonly string[] };

/** The artefact of `--tables`, or what is wrong with it or with asking for it. */
function readGiven(
  file: string,
  programs: readonly string[],
  semantics: NonNullable<CheckOptions['semantics']>,
): Given {
  if (programs.length > 1) return { problems: ['--tables is of one program: give one file'] };
  if (!capabilities[semantics].compiled) {
    const compiled = semanticsNames.filter((name) => capabilities[name].compiled).join(' or ');
    return {
      problems: [`--tables is for --semantics ${compiled}, which tables are compiled for; ${semantics} has none`],
    };
  }
  const source = readSource(file);
  if ('problem' in source) return { problems: [source.problem] };
  const reading = readTables(new TextDecoder().decode(source.bytes));
  return reading.ok ? { tables: reading.tables } : { problems: reading.problems.map((one) => `${file}: ${one}`) };
}

/** The file of `--properties`, or what is wrong with it or with asking for it. */
function readBeside(
  file: string,
  programs: readonly string[],
): Pick<CheckOptions, 'properties'> | { readonly problems: readonly string[] } {
  if (programs.length > 1) return { problems: ['--properties goes with one program: give one file'] };
  const source = readSource(file);
  return 'problem' in source ? { problems: [source.problem] } : { properties: { source: source.bytes, file } };
}

/** Prints what there is to say of each file, and gives the exit status. */
async function runCheck(
  files: readonly string[],
  options: CheckOptions,
  flags: Pick<CheckFlags, 'json' | 'format' | 'shard' | 'html'>,
): Promise<ExitStatus> {
  const format = flags.json ? 'json' : flags.format;
  const sources = (flags.shard ? filesOf(files, flags.shard) : files).map((file) => ({ file, ...readSource(file) }));
  complain(sources.flatMap((source) => ('problem' in source ? [source.problem] : [])));

  const colour = wantsColour(process.stdout);
  const results: Result[] = [];
  let isFirst = true;
  for (const source of sources) {
    if ('problem' in source) {
      results.push(unread(source.file, source.problem, options));
      continue;
    }
    const checked = await checkOne(source, options);
    if (typeof checked === 'number') return checked;
    if (format === 'text') process.stdout.write(`${isFirst ? '' : '\n'}${inText(checked, colour)}\n`);
    isFirst = false;
    results.push(checked.result);
  }
  // What can be read is reported all the same; of several files, as an array, in which what cannot be read has an entry
  // too. A part of the files is a list, even if there is nothing in it, so that parts can be merged.
  const isList = files.length > 1 || flags.shard !== undefined;
  if (format !== 'text') process.stdout.write(`${documentOf(results, format, isList)}\n`);
  const statuses = results.map(statusOf);
  const known = results.filter(({ error }) => !error);
  if (flags.html !== undefined) statuses.push(writePages(await report(known), flags.html));
  return overallStatus(statuses);
}

/** Checks one file, with a line of progress. @returns the exit status, if it could not be done as it was asked for */
async function checkOne(
  { file, bytes }: { readonly file: string; readonly bytes: Uint8Array },
  options: CheckOptions,
): Promise<Checked | ExitStatus> {
  const progress = progressLine(file);
  let checked: Checked;
  try {
    checked = await check(bytes, file, { ...options, onProgress: progress.report });
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    return complain(`cannot go on from the checkpoint: ${error.message}`);
  } finally {
    progress.clear();
  }
  if (checked.unasked) return complain(checked.unasked.map((reason) => `${file}: ${reason}`));
  if (!checked.unfit) return checked;
  return complain(checked.unfit.map((reason) => `these are no tables of ${file}: ${reason}`));
}

const inText = ({ reading, result }: Checked, colour: boolean): string =>
  reading.ok ? showResult(result, { colour }) : showDiagnostics(reading, { colour });
