import { Argument, Option } from 'commander';
import { type ExploreOptions, openExploration } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { readSource } from './files.js';
import { untilInterrupted } from './leftovers.js';
import { serveLocally } from './local-server.js';
import { refuse } from './refuse.js';
import { routesOf } from './routes.js';
import { controllerOption, packetsAtMost, packetsOption, semanticsOption, unrollOption } from './shared-options.js';
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
    .addOption(semanticsOption())
    .addOption(packetsOption(packetsAtMost))
    .addOption(controllerOption())
    .option('--force', 'explore although the program is not locally determined')
    .addOption(unrollOption())
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
