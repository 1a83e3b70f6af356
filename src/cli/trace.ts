import { Argument, InvalidArgumentError, Option } from 'commander';
import { showTrace, type TraceOptions, trace } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { readSource, wantsColour } from './files.js';
import { answerTimeout, stateVector } from './reach.js';
import { refuse } from './refuse.js';
import { unrollOption } from './shared-options.js';
import type { Verb } from './verb.js';

/** What commander hands over for `trace`. */
interface TraceFlags {
  readonly from: string;
  readonly headers?: NonNullable<TraceOptions['headers']>;
  readonly state?: readonly number[];
  readonly json?: true;
  readonly force?: boolean;
  readonly unroll?: number;
  readonly timeout?: number;
}

/** The verb `trace`. */
export const traceVerb: Verb = (program, end) => {
  program
    .command('trace')
    .description('follow a packet hop by hop, with the branches of the policy that move it')
    .addArgument(new Argument('<file>', 'a Stateful NetKAT program (.snk)'))
    .requiredOption('--from <host>', 'the host that sends it')
    .addOption(
      new Option('--headers <list>', 'its headers, such as ip_dst=H1,tcp_dst=22 (default: any)').argParser(headers),
    )
    .addOption(
      new Option('--state <numbers>', 'the state of the network, such as 0,1 (default: the initial one)').argParser(
        stateVector,
      ),
    )
    .option('--json', 'print one JSON document')
    .option('--force', 'look although the program is not locally determined')
    .addOption(unrollOption('12'))
    .addOption(answerTimeout())
    .action((file: string, flags: TraceFlags) => end(runTrace(file, flags)));
};

/** `ip_dst=H1,tcp_dst=22`, as an option's value. */
function headers(text: string): NonNullable<TraceOptions['headers']> {
  const entries = text
    .split(/[,\s]+/)
    .filter(Boolean)
    .map((one) => {
      const [, name, value] = /^(\w+)=(.+)$/.exec(one) ?? [];
      if (name === undefined || value === undefined)
        throw new InvalidArgumentError('A list such as ip_dst=H1,tcp_dst=22 is wanted.');
      return [name, /^\d{1,15}$/.test(value) ? Number(value) : value] as const;
    });
  const names = entries.map(([name]) => name);
  if (new Set(names).size < names.length) throw new InvalidArgumentError('Each field is wanted once.');
  return Object.fromEntries(entries);
}

function runTrace(file: string, flags: TraceFlags): ExitStatus {
  const source = readSource(file);
  if ('problem' in source) return complain(source.problem);
  const { from, headers, state, force = false, unroll, timeout } = flags;
  const { document, refused } = trace(source.bytes, file, {
    from,
    force,
    ...(headers === undefined ? {} : { headers }),
    ...(state === undefined ? {} : { state }),
    ...(unroll === undefined ? {} : { unroll }),
    ...(timeout === undefined ? {} : { timeout_ms: timeout * 1000 }),
  });
  const isShown = flags.json && refused?.kind !== 'impossible';
  if (isShown) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  if (!refused) {
    if (!flags.json) process.stdout.write(`${showTrace(document, { colour: wantsColour(process.stdout) })}\n`);
    return exitStatus.ok;
  }
  if (!isShown) return refuse(file, refused);
  return refused.kind === 'limit' ? exitStatus.unknown : exitStatus.rejected;
}
