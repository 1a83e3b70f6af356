import { type EventSet, emptySet, isSubset } from '../../events/event-set.js';
import { type Headers, undetermined } from '../../netkat/fields.js';
import {
  type ArrivingPacket,
  stampDifference,
  switchDifference,
  type TableDifference,
} from '../../tables/table-difference.js';
import type { TablesGoal } from './goal.js';
import type { Region } from './regions.js';
import type { TablesSubject } from './subject.js';
import { tagName } from './tag-terms.js';

/** A refuted claim, shown on a concrete packet or, for stamping, on the value of a register. */
export interface TableRefutation {
  readonly goal: TablesGoal;
  readonly difference: TableDifference;
  /** The packet that tables and rules treat differently; undefined if the claim is about stamping. */
  readonly packet: ArrivingPacket | undefined;
}

/** The constants that `(get-value …)` has printed, by name. */
function readValues(text: string): Map<string, bigint> {
  const values = new Map<string, bigint>();
  for (const [, name, number] of text.matchAll(/\((\w+)\s+#([xb][0-9a-f]+)\)/g))
    values.set(name!, BigInt(`0${number}`));
  return values;
}

/**
 * Re-runs what the solver has found, by the tables' interpreter and by `Configuration.hop` and the literal rules,
 * neither of which the solver has seen. @throws if they do not differ there
 */
export function confirm(subject: TablesSubject, goal: TablesGoal, text: string): TableRefutation {
  const values = readValues(text);
  const set = (name: string): EventSet => values.get(name) ?? 0n;
  const { about } = goal;
  const refuted = (difference: TableDifference | undefined, packet: ArrivingPacket | undefined): TableRefutation => {
    if (!difference) throw new Error(`the solver refutes ${goal.name}, but nothing differs when it is re-run: ${text}`);
    return { goal, difference, packet };
  };
  if (about.kind === 'regions')
    throw new Error(`${goal.name} is refuted, though every packet is sent on as it should be: ${text}`);
  if (about.kind === 'stamping')
    return refuted(stampDifference(subject, subject.tables, about.at, set('register') & about.events), undefined);

  const headers = headersOf(subject, values);
  const learned = set('register') | set('digest');
  const { region, tag } =
    about.kind === 'forwarding'
      ? { region: about.region, tag: taggedWith(subject, values) }
      : arrivingAs(subject, about.at, headers, learned);
  const { at, position, pc } = region;
  // Where a packet is sent does not depend on what has been heard; so the least is taken, what the packet has heard of
  // at its entry.
  const heard =
    about.kind === 'forwarding' ? { eventSet: tag, digest: 0n } : { eventSet: set('register'), digest: set('digest') };
  const packet: ArrivingPacket = { at, headers, position, pc, tag, ...heard };
  return refuted(switchDifference(subject, subject.tables, packet), packet);
}

/** The headers of the program that the values stand for; a field without a value gets the last value of its domain. */
const headersOf = ({ program, alphabet }: TablesSubject, values: ReadonlyMap<string, bigint>): Headers =>
  program.fields.map(({ name, domain }) => {
    const number = values.get(name);
    return number === undefined ? domain.length - 1 : domain.indexOf(alphabet.show(name, number));
  });

/** The event-set whose tag the values are. */
const taggedWith = ({ blocks }: TablesSubject, values: ReadonlyMap<string, bigint>): EventSet =>
  blocks.reduce((all, { tags, eventSets }, b) => {
    const field = Number(values.get(tagName(b)) ?? BigInt(tags[0]!));
    return all | eventSets[tags.indexOf(field)]!;
  }, emptySet);

/** A region in which such a packet can be at a place, with its tag, when so much has been heard there. */
function arrivingAs(
  { regions, blocks }: TablesSubject,
  at: Region['at'],
  headers: Headers,
  heard: EventSet,
): { readonly region: Region; readonly tag: EventSet } {
  const here = regions.filter((region) => region.at.switch === at.switch && region.at.port === at.port);
  for (const region of here)
    for (const cell of region.cells) {
      if (cell.headers.some((value, f) => value !== undetermined && value !== headers[f])) continue;
      const parts = cell.sets.map((set, b) => (set === undetermined ? emptySet : blocks[b]!.eventSets[set]!));
      const tag = parts.reduce((all, part) => all | part, emptySet);
      if (isSubset(tag, heard)) return { region, tag };
    }
  throw new Error(`a packet with headers ${headers} cannot arrive at ${at.switch}:${at.port}`);
}
