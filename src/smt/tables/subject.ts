import type { Limits } from '../../base/limits.js';
import { members } from '../../events/event-set.js';
import type { EventStructure } from '../../events/event-structure.js';
import { project } from '../../events/projection.js';
import type { TransitionSystem } from '../../events/transition-system.js';
import type { Program } from '../../language/program.js';
import { rawPackets } from '../../packets/raw-packets.js';
import { hopsByTables } from '../../packets/table-hop.js';
import type { SwitchTables, Tables } from '../../tables/tables.js';
import type { Definitions } from '../solver/definitions.js';
import { allOf, type Term } from '../solver/term.js';
import { type Alphabet, anyHeaders, type HeaderTerms, realAlphabet } from './alphabet.js';
import { type Region, regionsOf } from './regions.js';
import { type SwitchTerms, switchTerms, type Widths, widthsOf } from './switch.js';
import { type Walk, walkOf } from './walk.js';

/** What tables are compared with: a program, its transition system and its event structure. */
export interface Compared {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly structure: EventStructure;
  readonly limits: Limits;
}

/** Tables beside the program that they should implement, prepared for writing terms about them. */
export interface TablesSubject extends Compared {
  readonly tables: Tables;
  readonly alphabet: Alphabet;
  readonly widths: Widths;
  readonly regions: readonly Region[];
  /** The hops of `g` of an event-set, by its index. */
  readonly walk: (eventSet: number) => Walk;
  /** The tag of an event-set, by its index. */
  readonly tagOf: (eventSet: number) => number;
}

/**
 * Follows all packets, and prepares the walks. `tables` must match this program (`match-program.ts`). @throws
 * LimitReached
 */
export function tablesSubject(compared: Compared, tables: Tables): TablesSubject {
  const { program, system, structure } = compared;
  const alphabet = realAlphabet(tables);
  const raw = rawPackets(compared, { mixed: false, tables: hopsByTables(tables, program.fields, structure) });
  const walks = new Map<number, Walk>();
  const tags = structure.eventSets.map((set) => {
    const events = members(set).join();
    return tables.eventSets.find((one) => one.events.join() === events)!.tag;
  });
  return {
    ...compared,
    tables,
    alphabet,
    widths: widthsOf(tables),
    regions: regionsOf(raw, program.fields),
    walk: (eventSet) => {
      const state = structure.stateOf[eventSet]!;
      const walk = walks.get(state) ?? walkOf(project(program.policy, system.states[state]!), program.fields, alphabet);
      walks.set(state, walk);
      return walk;
    },
    tagOf: (eventSet) => tags[eventSet]!,
  };
}

/** A switch at which a packet arrives, as terms. */
interface Arriving {
  readonly terms: SwitchTerms;
  readonly headers: HeaderTerms;
  readonly inDomains: Term;
}

/** What has been written into the head of a script already, by subject and switch: goals of a switch share it. */
const written = new WeakMap<Definitions, WeakMap<TablesSubject, Map<number, Arriving>>>();

/** The terms of a switch's tables, and the headers of a packet that arrives there: any values of their domains. */
export function arrivingAt(subject: TablesSubject, n: number, head: Definitions): Arriving {
  const bySubject = written.get(head) ?? new WeakMap<TablesSubject, Map<number, Arriving>>();
  written.set(head, bySubject);
  const bySwitch = bySubject.get(subject) ?? new Map<number, Arriving>();
  bySubject.set(subject, bySwitch);
  const arriving = bySwitch.get(n) ?? arrivingAnew(subject, n, head);
  bySwitch.set(n, arriving);
  return arriving;
}

function arrivingAnew({ tables, widths, alphabet, program }: TablesSubject, n: number, head: Definitions): Arriving {
  const here: SwitchTables = tables.switches.find(({ id }) => id === n)!;
  const headers = anyHeaders(tables, alphabet, head);
  const inDomains = allOf(program.fields.map(({ name }) => alphabet.isInDomain(name, headers.get(name)!)));
  return { terms: switchTerms(here, widths, alphabet, head), headers, inDomains: head.define(inDomains, 'Bool') };
}
