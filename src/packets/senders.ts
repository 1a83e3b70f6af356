import { childrenFirst } from '../base/children-first.js';
import type { Limits } from '../base/limits.js';
import { satisfies } from '../events/formula.js';
import { type PartialState, reachableValues, splitStates } from '../events/partial-states.js';
import { statefulConfiguration } from '../events/stateful-configuration.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { Program } from '../language/program.js';
import { type Headers, undetermined } from '../netkat/fields.js';
import { splitPackets } from '../netkat/ingress.js';
import { compareLocations, type Host } from '../netkat/topology.js';
import { type Arrival, grow, treeTable } from '../netkat/tree.js';

/** A packet that a host can send, and what it may meet on its way, under whatever configuration. */
export interface Sender {
  readonly host: Host;
  readonly headers: Headers;
  /** The labels that copies of it match under some configuration. */
  readonly labels: ReadonlySet<number>;
  /** The blocks of the state on which its way depends, by number. */
  readonly blocks: ReadonlySet<number>;
  /** How many labels its copies match at most under one configuration, each copy counted by itself. */
  readonly matches: number;
}

/** What senders are found from. */
interface Source {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly limits: Pick<Limits, 'packetClasses' | 'deadline'>;
}

const known = new WeakMap<TransitionSystem, readonly Sender[]>();

/**
 * Every packet that can enter, as far as packets and states can be told apart on its way. States are split like
 * packets, so that blocks that a packet never meets do not multiply. Remembered as long as the system is there.
 * @throws LimitReached
 */
export function sendersOf(source: Source): readonly Sender[] {
  const found = known.get(source.system) ?? findSenders(source);
  known.set(source.system, found);
  return found;
}

function findSenders({ program, system, limits }: Source): Sender[] {
  const values = reachableValues(system);
  const configurationAt = statefulConfiguration(program, values);
  const trees = treeTable();
  const blocksOf = (state: PartialState): number[] =>
    [...system.blocks.keys()].filter((block) =>
      system.blocks[block]!.indices.some((component) => state[component] !== undetermined),
    );

  const senderOf = (host: Host, headers: Headers): Sender | number => {
    const labels = new Set<number>();
    const blocks = new Set<number>();
    let matches = 0;
    let needed: number | undefined;
    splitStates(system, values, limits, (state) => {
      if (needed !== undefined) return undefined;
      const grown = grow(trees, program.topology, configurationAt(state), headers, host.at);
      // Faults reject the program before it is run.
      if (grown.kind === 'fault') throw new Error(`a configuration with a ${grown.fault.kind} fault is run`);
      if (grown.kind === 'needs' && grown.field >= program.fields.length) return grown.field - program.fields.length;
      const met = grown.kind === 'needs' ? grown.field : labelsMet(system, grown.arrivals);
      if (typeof met === 'number') {
        needed = met;
        return undefined;
      }
      for (const label of [...met.values()].flat()) labels.add(label);
      for (const block of blocksOf(state)) blocks.add(block);
      if (grown.kind === 'tree') matches = Math.max(matches, countMatches(grown.arrivals[0]!, met));
      return undefined;
    });
    return needed ?? { host, headers, labels, blocks, matches };
  };

  const senders: Sender[] = [];
  for (const host of program.topology.hosts)
    splitPackets(program.fields, limits, (headers) => {
      const sender = senderOf(host, headers);
      if (typeof sender === 'number') return sender;
      senders.push(sender);
      return undefined;
    });
  return senders;
}

/** The labels that are matched at each arrival, or the undetermined field on which this depends. */
function labelsMet(system: TransitionSystem, arrivals: readonly Arrival[]): Map<Arrival, number[]> | number {
  const met = new Map<Arrival, number[]>();
  for (const arrival of arrivals) {
    const here: number[] = [];
    for (const [label, { at, formula }] of system.labels.entries()) {
      if (compareLocations(at, arrival.at) !== 0) continue;
      const satisfied = satisfies(arrival.headers, formula);
      if (typeof satisfied === 'number') return satisfied;
      if (satisfied) here.push(label);
    }
    met.set(arrival, here);
  }
  return met;
}

/** Copies that share an arrival are several all the same. */
function countMatches(root: Arrival, met: ReadonlyMap<Arrival, readonly number[]>): number {
  const counts = new Map<Arrival, number>();
  childrenFirst(
    root,
    ({ children }) => children,
    (arrival) => counts.has(arrival),
    (arrival) => {
      const below = arrival.children.reduce((sum, child) => sum + counts.get(child)!, 0);
      counts.set(arrival, met.get(arrival)!.length + below);
    },
  );
  return counts.get(root)!;
}
