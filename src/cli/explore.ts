import { Argument, Option } from 'commander';
import { defaults, type ExploreOptions, openExploration, semanticsNames } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { readSource } from './files.js';
import { untilInterrupted } from './leftovers.js';
import { serveLocally } from './local-server.js';
import { refuse } from './refuse.js';
import { routesOf } from './routes.js';
import { type Verb, wholeNumber } from './verb.js';

/** What commander hands over for `explore`. */
interface ExploreFlags {
  readonly semantics: NonNullable<ExploreOptions['semantics']>;
  readonly packets: number;
  readonly controller: 'on' | 'off';
  readonly force?: true;
  readonly unroll?: number;
  readonly port?: number;
}

/** The verb `explore`. */
export const exploreVerb: Verb = (program, end) => {
  program
    .command('explore')
    .description('try out executions step by step, in a browser on this machine')
    .addArgument(new Argument('<file>', 'a Stateful NetKAT program (.snk)'))
    .addOption(new Option('--semantics <name>', 'how the network runs').choices(semanticsNames).default('tagged'))
    .addOption(
      new Option('--packets <n>', 'how many packets enter at most')
        .argParser(wholeNumber(0, 1000))
        .default(defaults.packets),
    )
    .addOption(
      new Option('--controller <state>', 'whether the controller informs switches')
        .choices(['on', 'off'])
        .default('on'),
    )
    .option('--force', 'explore although the program is not locally determined')
    .addOption(
      new Option(
        '--unroll <n>',
        'paths of loops, if the state can recur; never shorter than conditions ask (default: 4 for each packet)',
      ).argParser(wholeNumber(1, 10_000)),
    )
    .addOption(
      new Option('--port <n>', 'where to serve it (default: any that is free)').argParser(wholeNumber(0, 65_535)),
    )
    .action(async (file: string, flags: ExploreFlags) => {
      end(await runExplore(file, flags));
    });
};

async function runExplore(file: string, flags: ExploreFlags): Promise<ExitStatus> {
  const { semantics, packets, controller, force = false, unroll, port = 0 } = flags;
  const source = readSource(file);
  if ('problem' in source) return complain(source.problem);
  const opened = await openExploration(source.bytes, file, {
    semantics,
    packets,
    controller: controller === 'on',
    force,
    ...(unroll === undefined ? {} : { unroll }),
  });
  if (!opened.ok) return refuse(file, opened);
  try {
    const server = await serveLocally(routesOf(opened.exploration), port);
    // Listened for before anybody is told that there is something to interrupt.
    const interrupted = untilInterrupted();
    process.stderr.write(`http://127.0.0.1:${server.port}/\nCtrl-C ends it.\n`);
    await interrupted;
    await server.close();
    return exitStatus.ok;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') return complain(`port ${port} is taken; without --port a free one is found`);
    if (code === 'EACCES') return complain(`you may not use port ${port}`);
    throw error;
  }
}
