import { hopsByTables } from '../../packets/table-hop.js';
import type { SwitchTables, Tables } from '../../tables/tables.js';
import type { Definitions } from '../solver/definitions.js';
import { allOf, type Term } from '../solver/term.js';
import { type Alphabet, anyHeaders, type HeaderTerms, realAlphabet } from './alphabet.js';
import type { Compared } from './compared.js';
import { type Region, regionsOf } from './regions.js';
import { type SwitchTerms, switchTerms, type Widths, widthsOf } from './switch.js';
import { anyTag, type ComparedBlock, comparedBlocks, type TagTerms } from './tag-terms.js';
import { type Walk, walkOf } from './walk.js';

/** Tables beside the program that they should implement, prepared for writing terms about them. */
export interface TablesSubject extends Compared {
  readonly tables: Tables;
  readonly alphabet: Alphabet;
  readonly widths: Widths;
  readonly regions: readonly Region[];
  /** The blocks of the program, in the order of the tables. */
  readonly blocks: readonly ComparedBlock[];
  /** The hops of all configurations: which one is decided by the state. */
  readonly walk: Walk;
}

/**
 * Follows all packets, and prepares the walks. `tables` must match this program (`match-program.ts`). @throws
 * LimitReached
 */
export function tablesSubject(compared: Compared, tables: Tables): TablesSubject {
  const { program, structure } = compared;
  const alphabet = realAlphabet(tables);
  const blocks = comparedBlocks(structure, tables);
  return {
    ...compared,
    tables,
    alphabet,
    widths: widthsOf(tables),
    regions: regionsOf(compared, blocks, hopsByTables(tables, program.fields, structure)),
    blocks,
    walk: walkOf(program.policy, program.fields, alphabet),
  };
}

/** A switch at which a packet arrives, as terms: any headers, and any tag. */
interface Arriving extends TagTerms {
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

function arrivingAnew(
  { tables, widths, alphabet, program, blocks }: TablesSubject,
  n: number,
  head: Definitions,
): Arriving {
  const here: SwitchTables = tables.switches.find(({ id }) => id === n)!;
  const headers = anyHeaders(tables, alphabet, head);
  const inDomains = allOf(program.fields.map(({ name }) => alphabet.isInDomain(name, headers.get(name)!)));
  return {
    ...anyTag(blocks, program.initial, widths, head),
    terms: switchTerms(here, tables.blocks, widths, alphabet, head),
    headers,
    inDomains: head.define(inDomains, 'Bool'),
  };
}
