import { setOf, singleton } from '../../events/event-set.js';
import type { EventStructure } from '../../events/event-structure.js';
import type { Program } from '../../language/program.js';
import { compareLocations, hostAt, showLocation } from '../../netkat/topology.js';
import type { HeaderValues, Tables } from '../../tables/tables.js';
import type { HopOutput, HopRule, HopRules } from './hops.js';

/**
 * The forwarding tables as rules; `by` are the event-sets whose tags a rule matches. @throws if tags are not stamped as
 * said
 */
export function rulesOfTables(program: Program, structure: EventStructure, tables: Tables): HopRules {
  checkStamping(structure, tables);
  const byPlace = new Map<string, HopRule[]>();
  for (const { id, forwarding } of tables.switches) {
    const ordered = [...forwarding].sort((a, b) => b.priority - a.priority);
    for (const [rank, { match, outputs }] of ordered.entries()) {
      const { mask, value } = match.tag ?? { mask: 0, value: 0 };
      const matching = tables.eventSets.flatMap(({ tag }, i) => ((tag & mask) === value ? [i] : []));
      const rule: HopRule = {
        by: setOf(matching),
        position: match.pc,
        headers: program.fields.map(({ name }, f) => indexOf(program, f, match.headers[name])),
        outputs: outputs.map(({ port, set, pc = 0 }): HopOutput => {
          const at = { switch: id, port };
          const to = program.topology.links.find(({ from }) => compareLocations(from, at) === 0)?.to;
          return {
            port,
            sets: setsOf(program, set),
            to,
            position: pc,
            finished: hostAt(program.topology, at) !== undefined,
          };
        }),
        rank,
      };
      const key = showLocation({ switch: id, port: match.port });
      byPlace.set(key, [...(byPlace.get(key) ?? []), rule]);
    }
  }
  return {
    rulesFor: (at, position) =>
      (byPlace.get(showLocation(at)) ?? []).filter((rule) => rule.position === undefined || rule.position === position),
  };
}

const setsOf = ({ fields }: Program, set: HeaderValues): (readonly [number, number])[] =>
  fields.flatMap(({ name, domain }, f) => (set[name] === undefined ? [] : [[f, domain.indexOf(set[name])] as const]));

/** The index of a value in its field's domain; undefined stays undefined. */
export const indexOf = ({ fields }: Program, field: number, value: string | number | undefined): number | undefined =>
  value === undefined ? undefined : fields[field]!.domain.indexOf(value);

/** Checks that every switch with hosts stamps each event-set with the tag that the tables say it has. */
function checkStamping(structure: EventStructure, { eventSets, switches }: Tables): void {
  for (const { id, stamping } of switches) {
    if (stamping.length === 0) continue;
    for (const [i, set] of structure.eventSets.entries()) {
      const entry = stamping.find(({ register }) => setOf(register) === set);
      if (entry?.tag !== eventSets[i]!.tag) throw new Error(`switch ${id} stamps otherwise than tags are given`);
    }
  }
}

/** All event-sets of a structure, as a set of indices. */
export const everyIndex = ({ eventSets }: EventStructure): bigint => singleton(eventSets.length) - 1n;
