import type { Limits } from '../base/limits.js';
import type { Program } from '../language/program.js';
import type { Configuration } from '../netkat/configuration.js';
import type { Headers } from '../netkat/fields.js';
import { type OnAsked, representPackets } from '../netkat/ingress.js';
import type { Host } from '../netkat/topology.js';
import { type Arrival, type Fault, type Grown, grow, type TreeId, treeTable } from '../netkat/tree.js';
import { satisfies } from './formula.js';
import type { Edge, TransitionSystem } from './transition-system.js';

/** A fault of the configuration of one state (spec 1.4). */
export interface ConfigurationFault {
  readonly fault: Fault;
  readonly state: number;
  readonly host: Host;
}

/** What the configurations of a transition system do to every packet at every host port. */
export interface Configurations {
  /** The fault to report, in the order of interface.md: first packets that finish where no host is, then loops. */
  readonly fault: ConfigurationFault | undefined;
  /** Two states have equal configurations (spec 1.4) iff their classes are the same. */
  readonly classOf: readonly number[];
  /** Edges whose own branch no packet can run in the state that they leave (spec 1.5). */
  readonly unused: readonly Edge[];
}

/** Runs every kind of packet that can enter through every configuration (spec 1.4). @throws LimitReached */
export function examineConfigurations(program: Program, system: TransitionSystem, limits: Limits): Configurations {
  const table = treeTable();
  const trees: TreeId[][] = system.states.map(() => []);
  const faults: ConfigurationFault[] = [];
  const unused = system.states.map((_, state) => new Set(system.edges.filter(({ from }) => from === state)));

  const literals = system.labels.flatMap(({ formula }) => formula);
  for (const host of program.topology.hosts) {
    const results = new Map<Headers, readonly Grown[]>();
    const settled = representPackets(program.fields, limits, (headers, asked) => {
      const grown: Grown[] = [];
      for (const c of system.configurations) {
        const result = grow(table, program.topology, overheard(c, asked), headers, host.at);
        if (result.kind === 'needs') return result.field;
        grown.push(result);
      }
      // `findUsed` looks at these values too.
      for (const { field, value } of literals) asked(field, value);
      results.set(headers, grown);
      return undefined;
    });
    for (const headers of settled)
      for (const [state, result] of results.get(headers)!.entries()) {
        if (result.kind === 'fault') faults.push({ fault: result.fault, state, host });
        if (result.kind === 'tree') {
          trees[state]!.push(result.tree);
          findUsed(system, result.arrivals, unused[state]!);
        }
      }
  }

  const classes = new Map<string, number>();
  const classOf = trees.map((row) => {
    const key = row.join();
    if (!classes.has(key)) classes.set(key, classes.size);
    return classes.get(key)!;
  });
  const fault = faults.find(({ fault }) => fault.kind === 'egress') ?? faults[0];
  return { fault, classOf, unused: unused.flatMap((edges) => [...edges]) };
}

/** The same configuration; `asked` is told of each value that a field is compared with, or set to. */
const overheard = ({ hop }: Configuration, asked: OnAsked): Configuration => ({
  hop: (headers, at, position) => hop(headers, at, position, asked),
});

/** Deletes from `unused` the edges whose branch one of these packets has run. */
function findUsed(system: TransitionSystem, arrivals: readonly Arrival[], unused: Set<Edge>): void {
  for (const edge of unused) {
    const { formula } = system.labels[edge.label]!;
    // A field for which nothing has asked may have any value, so that some packet satisfies what the formula says of
    // it.
    const runs = (headers: Headers) => satisfies(headers, formula) !== false;
    if (arrivals.some((a) => a.position.some((q) => edge.occurrences.includes(q)) && runs(a.headers)))
      unused.delete(edge);
  }
}
