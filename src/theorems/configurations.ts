import type { Limits } from '../base/limits.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { Program } from '../language/program.js';
import type { Property, Psi, StateVector } from '../language/property.js';
import type { Headers } from '../netkat/fields.js';
import { splitPackets } from '../netkat/ingress.js';
import { type Host, showLocation } from '../netkat/topology.js';
import { grow, type TreeId, type TreeTable, treeTable } from '../netkat/tree.js';
import { type Observed, sees } from './observed.js';

/** A property of the trees of single configurations (spec 6.3). */
export type InState = Extract<Property['form'], { kind: 'inState' }>;

/** A packet that breaks such a property, in a state: its tree there, and the hop that does not lead to the outcome. */
export interface BrokenTree {
  readonly state: StateVector;
  readonly host: Host;
  readonly headers: Headers;
  readonly table: TreeTable;
  readonly tree: TreeId;
  readonly at: Sighting;
}

/** What a located packet of a tree is: nobody has heard of anything, so only its way counts. */
type Sighting = Pick<Observed, 'kind' | 'at' | 'headers'>;

export interface JudgedTrees {
  /** The first packet that breaks the property, by state, host and headers; null if none does. */
  readonly broken: BrokenTree | null;
  /** Whether no located packet of any tree satisfies the premise. */
  readonly vacuous: boolean;
  /** How many trees were looked at, each for all packets that nothing in it tells apart. */
  readonly trees: number;
}

/** A field whose value decides, and which is not determined yet. */
class Needs extends Error {
  constructor(readonly field: number) {
    super(`field ${field} is not determined`);
  }
}

/**
 * Decides a property of configurations for every packet at every host port: exactly, whatever the headers, since
 * packets are split wherever anything asks for a field (spec 1.4, 6.3). @throws LimitReached
 */
export function judgeConfigurations(
  { topology, fields }: Pick<Program, 'topology' | 'fields'>,
  system: TransitionSystem,
  form: InState,
  limits: Limits,
): JudgedTrees {
  const states = form.state === 'every' ? system.states : [form.state];
  let broken: BrokenTree | null = null;
  let vacuous = true;
  let trees = 0;
  for (const state of states) {
    const configuration = system.configurationOf(state);
    for (const host of topology.hosts) {
      const table = treeTable();
      splitPackets(fields, limits, (headers) => {
        const grown = grow(table, topology, configuration, headers, host.at);
        if (grown.kind === 'needs') return grown.field;
        if (grown.kind === 'fault') throw new Error(`a configuration with a ${grown.fault.kind} fault is judged`);
        const judged = orNeeds(() => judgeTree(topology, table, grown.tree, form));
        if (typeof judged === 'number') return judged;
        trees++;
        if (judged.satisfied) vacuous = false;
        if (judged.broken) broken ??= { state, host, headers, table, tree: grown.tree, at: judged.broken };
        return undefined;
      });
    }
  }
  return { broken, vacuous, trees };
}

function orNeeds<Result>(attempt: () => Result): Result | number {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof Needs) return error.field;
    throw error;
  }
}

/** A node of a tree on one way to it: the arrivals before it, the last one last. */
interface Visited {
  readonly tree: TreeId;
  readonly way: readonly Sighting[];
}

/**
 * Whether a located packet of a tree satisfies the premise, and the first that does and does not lead to the outcome.
 */
function judgeTree(topology: Program['topology'], table: TreeTable, tree: TreeId, { premise, outcome }: InState) {
  const see = (psi: Extract<Psi, { kind: 'observation' }>, at: Sighting): boolean => {
    const seen = sees(topology, psi, at);
    if (typeof seen === 'number') throw new Needs(seen);
    return seen;
  };
  const isBelow = new Map<TreeId, readonly Sighting[]>();
  /** The located packets below a hop, each once. */
  const below = (root: TreeId): readonly Sighting[] => {
    const known = isBelow.get(root);
    if (known) return known;
    const seen = new Map<string, Sighting>();
    const work = [root];
    const done = new Set(work);
    for (const id of work) {
      for (const one of sightings(table, id)) if (id !== root || one.kind === 'dropped') seen.set(keyOf(one), one);
      for (const next of table.node(id).next) if (!done.has(next)) work.push(next);
      for (const next of table.node(id).next) done.add(next);
    }
    const found = [...seen.values()];
    isBelow.set(root, found);
    return found;
  };
  const holds = (psi: Psi, at: Sighting, way: readonly Sighting[]): boolean => {
    switch (psi.kind) {
      case 'constant':
        return psi.value;
      case 'observation':
        return see(psi, at);
      case 'not':
        return !holds(psi.body, at, way);
      case 'and':
        return psi.parts.every((part) => holds(part, at, way));
      case 'or':
        return psi.parts.some((part) => holds(part, at, way));
      case 'via':
        return way.some((earlier, i) => holds(psi.body, earlier, way.slice(0, i)));
      default:
        throw new Error(`assertion: in one configuration nothing is ${psi.kind}`);
    }
  };
  const becomes = (psi: Psi, descendants: readonly Sighting[]): boolean => {
    switch (psi.kind) {
      case 'constant':
        return psi.value;
      case 'observation':
        return descendants.some((one) => see(psi, one));
      case 'not':
        return !becomes(psi.body, descendants);
      case 'and':
        return psi.parts.every((part) => becomes(part, descendants));
      case 'or':
        return psi.parts.some((part) => becomes(part, descendants));
      default:
        throw new Error(`assertion: an outcome has no ${psi.kind}`);
    }
  };

  let satisfied = false;
  let broken: Sighting | undefined;
  const work: Visited[] = [{ tree, way: [] }];
  const visited = new Set<string>();
  const looksBack = hasVia(premise);
  for (const { tree: id, way } of work) {
    // Where nothing asks for its way, a hop is looked at once, on however many ways copies come there.
    const key = looksBack ? [id, ...way.map(keyOf)].join(' ') : String(id);
    if (visited.has(key)) continue;
    visited.add(key);
    const { next } = table.node(id);
    for (const at of sightings(table, id, way.length === 0)) {
      const before = at.kind === 'dropped' ? [...way, arrivalOf(table, id, way.length === 0)] : way;
      if (!holds(premise, at, before)) continue;
      satisfied = true;
      const isHop = at.kind === 'sent' || at.kind === 'arrived';
      if (!broken && !becomes(outcome, isHop ? below(id) : [])) broken = at;
    }
    for (const child of next) work.push({ tree: child, way: [...way, arrivalOf(table, id, way.length === 0)] });
  }
  return { satisfied, broken };
}

const hasVia = (psi: Psi): boolean => {
  switch (psi.kind) {
    case 'constant':
    case 'observation':
      return false;
    case 'and':
    case 'or':
      return psi.parts.some(hasVia);
    default:
      return psi.kind === 'via' || hasVia(psi.body);
  }
};

/** The located packets of a node by itself: an exit; or an arrival, and a drop if nothing follows. */
function sightings(table: TreeTable, id: TreeId, isEntry = false): Sighting[] {
  const { kind, headers, at, next } = table.node(id);
  if (kind === 'exit') return [{ kind: 'left', headers, at }];
  const arrival = arrivalOf(table, id, isEntry);
  return next.length > 0 ? [arrival] : [arrival, { kind: 'dropped', headers, at }];
}

function arrivalOf(table: TreeTable, id: TreeId, isEntry: boolean): Sighting {
  const { headers, at } = table.node(id);
  return { kind: isEntry ? 'sent' : 'arrived', headers, at };
}

const keyOf = ({ kind, headers, at }: Sighting): string => `${kind}|${headers}|${showLocation(at)}`;
