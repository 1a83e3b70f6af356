import path from 'node:path';
import { Argument, Option } from 'commander';
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
import { progressLine } from './progress.js';
import { refuse } from './refuse.js';
import { type NativeSolver, nativeSolvers } from './solvers.js';
import { seconds, type Verb, wholeNumber } from './verb.js';
import { writeFile, writeFiles } from './write.js';

/** What commander hands over for `prove`. */
interface ProveFlags {
  readonly output: string;
  readonly check?: true;
  readonly packets: number;
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
    .addOption(
      new Option('--packets <n>', 'how many packets enter at most where there is no proof')
        .argParser(wholeNumber(0, 1000))
        .default(defaults.packets),
    )
    .addOption(new Option('--timeout <seconds>', 'time for one check at most').argParser(seconds).default(600))
    .action(async (files: string[], { output, check, packets, timeout }: ProveFlags) => {
      const timeout_ms = timeout * 1000;
      const solvers = nativeSolvers(timeout_ms);
      if (check) end(await recheckAll(files, output, solvers, timeout_ms));
      else end(await proveAll(files, output, solvers, { packets, timeout_ms }));
    });
};

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
  const progress = progressLine(file);
  const { reading, result, proof } = await prove(source.bytes, file, { ...options, onProgress: progress.report });
  progress.clear();
  const colour = wantsColour(process.stdout);
  process.stdout.write(`${reading.ok ? showResult(result, { colour }) : showDiagnostics(reading, { colour })}\n`);
  if (!proof) return statusOf(result);

  const target = path.join(folder, nameOf(file));
  const unwritten = writeFiles([{ file: `${target}.smt2`, content: proof.scripts }]);
  if (unwritten !== undefined) return complain(unwritten);
  const problems = await disagreements(solvers, `${target}.smt2`, proof.scripts);
  if (problems.length > 0)
    return complain(`${target}.smt2 is no proof for every solver:\n  ${problems.join('\n  ')}`, exitStatus.unknown);
  const names = [await solverVersion(), ...solvers.map(({ name }) => name)];
  const certificate = `${JSON.stringify({ ...proof.certificate, solvers: names }, null, 2)}\n`;
  const problem = writeFile(`${target}.json`, certificate);
  if (problem !== undefined) return complain(problem);
  process.stdout.write(
    `  certificate         ${target}.json, ${target}.smt2: ${proof.certificate.obligations.length} obligations; ${names.join(', ')}\n`,
  );
  return statusOf(result);
}

/** What the solvers of the PATH find wrong with a file of scripts. */
async function disagreements(solvers: readonly NativeSolver[], file: string, scripts: string): Promise<string[]> {
  const said = await Promise.all(
    solvers.map(async ({ name, run }) =>
      judgeAnswers(scripts, await run(file)).map((problem) => `${name}: ${problem}`),
    ),
  );
  return said.flat();
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

/** A certificate needs both of its files: of a single one it is told what it lacks. */
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
    said: [`${target}: FAILED`, ...problems.map((problem) => `  ${problem}`), ''].join('\n'),
    status,
  });
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
    disagreements(solvers, `${target}.smt2`, stored.scripts),
    recheck(source.bytes, source.file, stored, { timeout_ms }),
  ]);
  if (!rechecked.ok) return { said: `${target}: FAILED\n`, status: refuse(source.file, rechecked) };
  const problems = [...rechecked.problems, ...others];
  if (problems.length > 0) return report(problems, exitStatus.violated);
  const who = [rechecked.solver, ...solvers.map(({ name }) => name)].join(', ');
  const what = rechecked.proved.length === 0 ? 'nothing is proved' : rechecked.proved.join(', ');
  return { said: `${target}: ${what}: ${rechecked.obligations} obligations; ${who}\n`, status: exitStatus.ok };
}
