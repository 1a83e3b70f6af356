import path from 'node:path';
import { Argument } from 'commander';
import { check, type Driver, pcapBytes, type Replayed, type Result, replay, showReplay } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { readSource } from './files.js';
import { nothingToDo, ruleOfNothing, saidBy } from './nothing-to-do.js';
import { refuse } from './refuse.js';
import { resultsIn } from './results-in.js';
import { packetsOption, semanticsOption } from './shared-options.js';
import { chosenSwitch, type SwitchFlags, withSwitches } from './switches.js';
import type { Verb } from './verb.js';
import { type Written, writeFile, writeFiles } from './write.js';

/** What commander hands over for `replay`. */
interface ReplayFlags extends SwitchFlags {
  readonly semantics: Result['options']['semantics'];
  readonly packets: number;
  readonly force?: boolean;
  readonly pcap?: string;
  readonly json?: boolean;
}

/** The verb `replay`. */
export const replayVerb: Verb = (program, end) => {
  withSwitches(program.command('replay'))
    .description('play counterexamples on BMv2 switches, and compare every packet with the prediction')
    .addArgument(
      new Argument(
        '<file>',
        'a result of `check --json`, which gets the verdict written into it; or a program, which is checked first',
      ),
    )
    .addOption(semanticsOption('how the network runs, for a program'))
    .addOption(packetsOption('how many packets enter, for a program'))
    .option('--force', 'replay although the program is not locally determined')
    .option('--pcap <folder>', 'keep what went over each link, a capture a link')
    .option('--json', 'print the result with its replays as JSON')
    .addHelpText('after', `\n${ruleOfNothing}`)
    .action(async (file: string, flags: ReplayFlags) => {
      end(await runReplay(file, flags));
    });
};

async function runReplay(file: string, flags: ReplayFlags): Promise<ExitStatus> {
  const source = readSource(file);
  if ('problem' in source) return complain(source.problem);
  const driver = chosenSwitch(flags);
  if ('missing' in driver) return complain(driver.missing);
  const isResult = /^\s*[{[]/.test(new TextDecoder().decode(source.bytes));
  return isResult ? replayFile(file, source.bytes, flags, driver) : replayProgram(file, source.bytes, flags, driver);
}

/** A program: it is checked, and what is violated is replayed. */
async function replayProgram(
  file: string,
  bytes: Uint8Array,
  { semantics, packets, force = false, pcap, json = false }: ReplayFlags,
  driver: Driver,
): Promise<ExitStatus> {
  const { reading, result } = await check(bytes, file, { semantics, packets, force, engine: 'explore' });
  const { rejected: rejection } = result;
  if (rejection) return refuse(file, { ok: false, kind: 'rejected', reading, rejection });
  const replayed = await replay(bytes, result, driver);
  if (!replayed.ok) return refuse(file, replayed);
  if (json) process.stdout.write(`${JSON.stringify(replayed.result, null, 2)}\n`);
  return finish(file, [replayed], pcap, json);
}

/** A result, or several: each gets its verdicts, and the file is written again. */
async function replayFile(
  file: string,
  bytes: Uint8Array,
  { pcap, json = false }: ReplayFlags,
  driver: Driver,
): Promise<ExitStatus> {
  const document = resultsIn(file, new TextDecoder().decode(bytes));
  if ('problem' in document) return complain(document.problem);
  const all: Replayed[] = [];
  for (const result of document.results) {
    const source = readSource(result.program.file);
    if ('problem' in source) return complain(source.problem);
    const replayed = await replay(source.bytes, result, driver);
    if (!replayed.ok) return refuse(result.program.file, replayed);
    all.push(replayed);
  }
  const results = all.map(({ result }) => result);
  const text = `${JSON.stringify(document.isArray ? results : results[0], null, 2)}\n`;
  if (json) process.stdout.write(text);
  const problem = writeFile(file, text);
  const status = finish(file, all, pcap, json);
  return problem === undefined ? status : complain(problem);
}

/** Says the verdicts, keeps the captures, and gives the exit status: 1 if one diverged, 3 if one could not be had. */
function finish(file: string, all: readonly Replayed[], pcap: string | undefined, isQuiet: boolean): ExitStatus {
  const replays = all.flatMap(({ result, replays }) => replays.map((one) => ({ ...one, file: result.program.file })));
  if (replays.length === 0)
    return nothingToDo(
      file,
      all.map(({ result }) => saidBy(result)),
      'replay',
    );
  if (!isQuiet)
    for (const { file, check: name, counterexample, verdict } of replays)
      process.stdout.write(`${showReplay(`${file}: ${name}`, counterexample, verdict)}\n`);
  const problem = pcap === undefined ? undefined : writeFiles(replays.flatMap((one) => capturesOf(one, pcap)));
  if (problem !== undefined) return complain(problem);
  const verdicts = replays.map(({ verdict }) => verdict.verdict);
  if (verdicts.includes('diverged')) return exitStatus.violated;
  return verdicts.includes('not replayable') ? exitStatus.unknown : exitStatus.ok;
}

/** A capture for each link, of what went over it. */
function capturesOf({ check: name, passages }: Replayed['replays'][number], folder: string): Written[] {
  return [...new Set(passages.map((passage) => passage.link))].map((link) => {
    const frames = passages.filter((p) => p.link === link).map(({ step, frame }) => ({ second: step, frame }));
    return { file: path.join(folder, name, `${link.replaceAll(':', '.')}.pcap`), content: pcapBytes(frames) };
  });
}
