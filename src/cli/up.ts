import process from 'node:process';
import { Argument } from 'commander';
import { showEvents } from '../base/event-set-notation.js';
import { greatest } from '../base/extremes.js';
import { printable } from '../base/printable.js';
import { type Up, up } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { readSource } from './files.js';
import { guard, untilInterrupted } from './leftovers.js';
import { refuse } from './refuse.js';
import type { Verb } from './verb.js';

/** The verb `up`. */
export const upVerb: Verb = (program, end) => {
  program
    .command('up')
    .description('run the network of a program on this machine: BMv2 switches and hosts in namespaces (Linux, root)')
    .addArgument(new Argument('<file>', 'a Stateful NetKAT program (.snk)'))
    .option('--simple-switch <file>', "BMv2's simple_switch", 'simple_switch')
    .action(async (file: string, { simpleSwitch }: { readonly simpleSwitch: string }) => {
      end(await runUp(file, simpleSwitch));
    });
};

/** Stays until Ctrl-C, or until a switch fails. Whatever ends us, the guard takes the network down. */
async function runUp(file: string, simpleSwitch: string): Promise<ExitStatus> {
  const source = readSource(file);
  if ('problem' in source) return complain(source.problem);
  const options = { simpleSwitch, guard, owner: process.pid, node: process.execPath };
  const outcome = await up(source.bytes, file, options);
  if (!outcome.ok) return refuse(file, outcome);
  const { network } = outcome;
  // Listened for before anybody is told that there is something to interrupt.
  const interrupted = untilInterrupted();
  process.stdout.write(inText(file, network));
  const why = await Promise.race([network.broken, interrupted]);
  await network.down();
  return why === undefined ? exitStatus.ok : complain(`${why}; the network is down`, exitStatus.unknown);
}

function inText(file: string, { switches, hosts, pings, events }: Up): string {
  const width = greatest(hosts.map(({ name }) => name.length));
  return [
    `${printable(file)} is up on ${switches}. There is no controller: switches learn of events from packets.`,
    ...hosts.map(
      ({ name, at, ip, namespace }) =>
        `  ${name.padEnd(width)}  ${ip.padEnd(15)}  at ${at}: ip netns exec ${namespace} …`,
    ),
    ...pingLines(pings, events, hosts),
    'Ctrl-C takes it down.',
    '',
  ].join('\n');
}

/** So many event-sets are listed at most. */
const maxSets = 20;

/** Which pings get through, and what changes that. */
function pingLines(pings: Up['pings'], events: Up['events'], hosts: Up['hosts']): string[] {
  if (!pings) return [];
  // The ping that is suggested is one whose answer gets through too, if there is one.
  const answered = pings.flatMap(({ arriving }) =>
    arriving.filter(([from, to]) => arriving.some((other) => other[0] === to && other[1] === from)),
  );
  const [first] = [...answered, ...pings.flatMap(({ arriving }) => arriving)];
  if (!first)
    return ['No ping gets from host to host, whatever has happened: the program forwards other packets than that.'];
  const [from, to] = first.map((name) => hosts.find((host) => host.name === name)!);
  const more = pings.length - maxSets;
  return [
    `Requests of ping that arrive, by the events that have happened (try ip netns exec ${from!.namespace} ping ${to!.ip}):`,
    ...pings
      .slice(0, maxSets)
      .map(
        ({ events: set, arriving }) =>
          `  ${showEvents(set)}  ${arriving.map((pair) => pair.join(' -> ')).join(', ') || 'none'}`,
      ),
    ...(more > 0 ? [`  and ${more} event-sets more`] : []),
    ...events.map((label, id) => `  e${id} is: ${label}`),
  ];
}
