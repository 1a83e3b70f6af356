import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Argument, Option } from 'commander';
import { printable } from '../base/printable.js';
import {
  defaults,
  judgeAnswers,
  type ProveOptions,
  prove,
  readCertificate,
  recheck,
  showDiagnostics,
  showResult,
  solverVersion,
} from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus, overallStatus, statusOf } from './exit-status.js';
import { readFolder, readSource, readText, wantsColour } from './files.js';
import { guard } from './leftovers.js';
import { progressLine } from './progress.js';
import { refuse } from './refuse.js';
import { crossCheckOption, packetsAtMost, packetsOption } from './shared-options.js';
import { type NativeSolver, nativeSolvers } from './solvers.js';
import { seconds, type Verb } from './verb.js';
import { writeFiles } from './write.js';

/** What commander hands over for `prove`. */
interface ProveFlags {
  readonly output: string;
  readonly check?: true;
  readonly packets: number;
  readonly crossCheck: NonNullable<ProveOptions['crossCheck']>;
  readonly timeout: number;
}

/** The verb `prove`. */
export const proveVerb: Verb = (program, end) => {
  program
    .command('prove')
    .description('prove Lemma 3 and Theorem 1 for any number of packets, with certificates')
    .addArgument(new Argument('[file...]', 'Stateful NetKAT programs (.snk)'))
    .option('-o, --output <folder>', 'where certificates are', 'proofs')
    .option(
      '--check',
      're-check the certificates of the programs (default: all in the folder) with every solver there is',
    )
    .addOption(packetsOption(`${packetsAtMost} where there is no proof`))
    .addOption(crossCheckOption())
    .addOption(
      new Option('--timeout <seconds>', 'time for one program at most, for all of its checks and proofs')
        .argParser(seconds)
        .default(defaults.timeout_ms / 1000),
    )
    .action(async (files: string[], { output, check, packets, crossCheck, timeout }: ProveFlags) => {
      const timeout_ms = timeout * 1000;
      const solvers = await nativeSolvers(timeout_ms);
      if (check) end(await recheckAll(files, output, solvers, timeout_ms));
      else end(await proveAll(files, output, solvers, { packets, crossCheck, timeout_ms }));
    });
};

/** What the solvers of the PATH may take at least, however long the proof took. */
const leastTime_ms = 1_000;

const nameOf = (file: string): string => path.basename(file, '.snk');

/** Writes a certificate for each program, and gives the exit status of their verdicts. */
async function proveAll(
  files: readonly string[],
  folder: string,
  solvers: readonly NativeSolver[],
  options: ProveOptions,
): Promise<ExitStatus> {
  if (files.length === 0) return complain('prove needs a program (only --check goes without)');
  const statuses: ExitStatus[] = [];
  for (const file of files) statuses.push(await proveFile(file, folder, solvers, options));
  return overallStatus(statuses);
}

async function proveFile(
  file: string,
  folder: string,
  solvers: readonly NativeSolver[],
  options: ProveOptions,
): Promise<ExitStatus> {
  const source = readSource(file);
  if ('problem' in source) return complain(source.problem);
  const end = performance.now() + (options.timeout_ms ?? defaults.timeout_ms);
  const progress = progressLine(file);
  const { reading, result, proof, late } = await prove(source.bytes, file, { ...options, onProgress: progress.report });
  progress.clear();
  const colour = wantsColour(process.stdout);
  process.stdout.write(`${reading.ok ? showResult(result, { colour }) : showDiagnostics(reading, { colour })}\n`);
  if (late !== undefined) return complain(`no certificate of ${file}: ${late}`, exitStatus.unknown);
  if (!proof) return statusOf(result);

  const target = path.join(folder, nameOf(file));
  // Under another name until somebody else than Z3 inside has agreed: who is interrupted, or disagrees, leaves no
  // certificate behind.
  const draft = `${target}.smt2.draft`;
  // Where it could not be written, as into a folder that is a file, there is nothing to remove, and no way to look.
  const removeDraft = (): void => {
    if (existsSync(draft)) rmSync(draft);
  };
  const release = guard(removeDraft);
  try {
    const undrafted = writeFiles([{ file: draft, content: proof.scripts }]);
    if (undrafted !== undefined) return complain(undrafted);
    const said = await hear(solvers, draft, proof.scripts, Math.max(leastTime_ms, end - performance.now()));
    if (said.problems.length > 0)
      return complain(
        `${target}.smt2 is no proof for every solver:\n  ${said.problems.join('\n  ')}`,
        exitStatus.unknown,
      );
    const names = [await solverVersion(), ...said.agreeing];
    const certificate = `${JSON.stringify({ ...proof.certificate, solvers: names }, null, 2)}\n`;
    const unwritten = writeFiles([
      { file: `${target}.smt2`, content: proof.scripts },
      { file: `${target}.json`, content: certificate },
    ]);
    if (unwritten !== undefined) return complain(unwritten);
    const agreed = `${proof.certificate.obligations.length} obligations; ${names.join(', ')}`;
    process.stdout.write(`  certificate         ${target}.json, ${target}.smt2: ${agreed}\n`);
    for (const line of said.open) process.stdout.write(`                      ${line}\n`);
  } finally {
    removeDraft();
    release();
  }
  return statusOf(result);
}

/** What the solvers of the PATH say to a file of scripts. */
interface Heard {
  /** What they find wrong, each in a line. */
  readonly problems: readonly string[];
  /** Who did not answer, and for which obligation, each in a line. */
  readonly open: readonly string[];
  /** Who has found all of it unsatisfiable. */
  readonly agreeing: readonly string[];
}

async function hear(
  solvers: readonly NativeSolver[],
  file: string,
  scripts: string,
  timeout_ms: number,
): Promise<Heard> {
  const all = await Promise.all(
    solvers.map(async ({ name, run }) => {
      const { text, isStopped } = await run(file, timeout_ms);
      const { problems, unanswered } = judgeAnswers(scripts, text, isStopped);
      const [first, ...more] = unanswered;
      const rest = more.length === 0 ? '' : ` and ${more.length} more`;
      const open = first === undefined ? [] : [`${name} did not answer within the time limit for ${first}${rest}`];
      return { name, problems: problems.map((problem) => `${name}: ${problem}`), open };
    }),
  );
  return {
    problems: all.flatMap(({ problems }) => problems),
    open: all.flatMap(({ open }) => open),
    agreeing: all.filter(({ problems, open }) => problems.length + open.length === 0).map(({ name }) => name),
  };
}

/** Re-checks the certificates of the programs, or all of the folder. */
async function recheckAll(
  files: readonly string[],
  folder: string,
  solvers: readonly NativeSolver[],
  timeout_ms: number,
): Promise<ExitStatus> {
  const missing = files.map((file) => readSource(file)).filter((source) => 'problem' in source);
  if (missing.length > 0) return complain(missing.map(({ problem }) => problem));
  const found = files.length > 0 ? { names: files.map(nameOf) } : certificatesIn(folder);
  if ('problem' in found) return complain(found.problem);
  const { names } = found;
  if (names.length === 0) return complain(`there are no certificates in ${folder}`);
  // Two at a time: while Z3 inside is asked about one program, the solvers of the PATH are asked about another.
  const outcomes: Promise<Outcome>[] = [];
  const statuses: ExitStatus[] = [];
  const report = async (outcome: Promise<Outcome>): Promise<void> => {
    const { said, status } = await outcome;
    process.stdout.write(said);
    statuses.push(status);
  };
  for (const [i, name] of names.entries()) {
    outcomes.push(recheckOne(path.join(folder, name), files[i], solvers, timeout_ms));
    if (i > 0) await report(outcomes[i - 1]!);
  }
  await report(outcomes[outcomes.length - 1]!);
  return overallStatus(statuses);
}

/** What became of re-checking one program, and what to say of it. */
interface Outcome {
  readonly said: string;
  readonly status: ExitStatus;
}

/**
 * The names of the certificates in a folder. One of which only one file is there is listed too, so that the missing
 * file is reported.
 */
function certificatesIn(folder: string): ReturnType<typeof readFolder> {
  const found = readFolder(folder);
  if ('problem' in found) return found;
  const files = found.names.filter((file) => /\.(json|smt2)$/.test(file));
  return { names: [...new Set(files.map((file) => path.parse(file).name))].sort() };
}

async function recheckOne(
  target: string,
  file: string | undefined,
  solvers: readonly NativeSolver[],
  timeout_ms: number,
): Promise<Outcome> {
  const report = (problems: readonly string[], status: ExitStatus): Outcome => ({
    said: [
      `${target}: ${status === exitStatus.unknown ? 'not checked to the end' : 'FAILED'}`,
      ...problems.map((problem) => `  ${problem}`),
      '',
    ].join('\n'),
    status,
  });
  if (!existsSync(`${target}.json`) && !existsSync(`${target}.smt2`)) {
    const into = path.dirname(target) === 'proofs' ? '' : ` -o ${path.dirname(target)}`;
    const command = `snk-verify prove ${file ?? `${path.basename(target)}.snk`}${into}`;
    return {
      said: '',
      status: complain(printable(`there is no certificate ${target}.json; this makes one: ${command}`)),
    };
  }
  const certificate = readText(`${target}.json`, 'a certificate');
  if ('problem' in certificate) return report([certificate.problem], exitStatus.violated);
  const scripts = readText(`${target}.smt2`, 'a file of scripts');
  if ('problem' in scripts) return report([scripts.problem], exitStatus.violated);
  const stored = { certificate: certificate.text, scripts: scripts.text };
  const read = readCertificate(stored.certificate);
  if ('problems' in read) return report(read.problems, exitStatus.violated);
  const source = readSource(file ?? read.certificate.program.file);
  if ('problem' in source) return report([source.problem], exitStatus.rejected);

  const [others, rechecked] = await Promise.all([
    hear(solvers, `${target}.smt2`, stored.scripts, timeout_ms),
    recheck(source.bytes, source.file, stored, { timeout_ms }),
  ]);
  if (!rechecked.ok) return { said: `${target}: FAILED\n`, status: refuse(source.file, rechecked) };
  const problems = [...rechecked.problems, ...others.problems];
  if (problems.length > 0) return report(problems, exitStatus.violated);
  const open = [...rechecked.open, ...others.open];
  if (open.length > 0) return report(open, exitStatus.unknown);
  const who = [rechecked.solver, ...others.agreeing].join(', ');
  const what = rechecked.proved.length === 0 ? 'nothing is proved' : rechecked.proved.join(', ');
  return { said: `${target}: ${what}: ${rechecked.obligations} obligations; ${who}\n`, status: exitStatus.ok };
}
