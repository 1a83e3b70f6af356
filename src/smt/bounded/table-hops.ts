import { members, setOf, singleton } from '../../events/event-set.js';
import type { EventStructure } from '../../events/event-structure.js';
import type { Program } from '../../language/program.js';
import { compareLocations, hostAt, showLocation } from '../../netkat/topology.js';
import { stamp } from '../../tables/interpret.js';
import type { HeaderValues, Tables } from '../../tables/tables.js';
import { isForTag, type Tag, tagOf } from '../../tables/tags.js';
import type { HopOutput, HopRule, HopRules } from './hops.js';

/**
 * The forwarding tables as rules; `by` are the event-sets whose tags a rule matches. @throws if tags are not stamped as
 * said
 */
export function rulesOfTables(program: Program, structure: EventStructure, tables: Tables): HopRules {
  const tags = structure.eventSets.map((set) => tagOf(tables.blocks, members(set))!);
  checkStamping(structure, tables, tags);
  const byPlace = new Map<string, HopRule[]>();
  for (const { id, forwarding } of tables.switches) {
    const ordered = [...forwarding].sort((a, b) => b.priority - a.priority);
    for (const [rank, { match, outputs }] of ordered.entries()) {
      const matching = tags.flatMap((tag, i) => (isForTag({ match }, tag) ? [i] : []));
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
function checkStamping(structure: EventStructure, { blocks, switches, hosts }: Tables, tags: readonly Tag[]): void {
  for (const here of switches) {
    if (!hosts.some(({ at }) => at.startsWith(`${here.id}:`))) continue;
    for (const [i, set] of structure.eventSets.entries())
      if (stamp(blocks, here, members(set))?.join() !== tags[i]!.join())
        throw new Error(`switch ${here.id} stamps otherwise than tags are given`);
  }
}

/** All event-sets of a structure, as a set of indices. */
export const everyIndex = ({ eventSets }: EventStructure): bigint => singleton(eventSets.length) - 1n;
