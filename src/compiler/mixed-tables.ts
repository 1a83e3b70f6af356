import { LimitReached } from '../base/limits.js';
import { members } from '../events/event-set.js';
import { showFormula } from '../events/formula.js';
import { entry, type Output, type Position } from '../netkat/configuration.js';
import { type Headers, other, undetermined } from '../netkat/fields.js';
import { splitPackets } from '../netkat/ingress.js';
import type { Location } from '../netkat/policy.js';
import { showLocation } from '../netkat/topology.js';
import {
  type ForwardingRule,
  type HeaderValues,
  type Tables,
  tableLimits,
  tablesFormat,
  tablesVersion,
} from '../tables/tables.js';
import type { Compilable } from './compile.js';
import { tagWidth } from './cubes.js';

/** A place of the mixed network: a packet that has come to a port, at a position of the policy. */
interface MixedPlace {
  readonly at: Location;
  readonly position: Position;
}

/**
 * The tables of `best-effort` (spec 3.1): each switch forwards by the configuration that it was last told, so a packet
 * can be at any position that some mixture of configurations leads to, and `pc` names positions (0: from a host). The
 * tag in a rule is that of the switch's own event-set (by `stamping`), never that of the packet. Nothing is detected:
 * switches learn only from the controller. Unlike `compile`, which knows where packets of one configuration can be,
 * this shares no rules: there is one for each event-set, place and kind of packet.
 * @throws LimitReached
 */
export function mixedTables(compilable: Compilable, origin: Tables['program']): Tables {
  const { program, system, structure } = compilable;
  const { topology, fields } = program;
  const width = tagWidth(structure.eventSets.length);
  if (width > tableLimits.fieldBits) throw new LimitReached(`${structure.eventSets.length} event-sets`);
  // Where configurations mix, a packet's hops depend on the whole vector of each switch: there is one block for all.
  const stamping = structure.eventSets.map((set, tag) => ({ block: 0, register: members(set), tag }));
  const { rules, positions } = explorePlaces(compilable);
  return {
    format: tablesFormat,
    version: tablesVersion,
    program: origin,
    widths: { tag: width, pc: tagWidth(positions), digest: structure.events.length },
    fields: fields.map(({ name, domain }) => ({ name, domain })),
    hosts: topology.hosts.map(({ name, at }) => ({ name, at: showLocation(at), ...program.addresses.get(name)! })),
    links: topology.links.map(({ from, to }) => ({ from: showLocation(from), to: showLocation(to) })),
    events: structure.events.map(({ id, label, occurrence, at }) => ({
      id,
      formula: showFormula(fields, system.labels[label]!.formula),
      at: showLocation(at),
      occurrence,
    })),
    blocks: [
      {
        events: structure.events.map(({ id }) => id),
        shift: 0,
        width,
        copies: false,
        eventSets: structure.eventSets.map((set, tag) => ({ events: members(set), tag })),
      },
    ],
    switches: topology.switches.map((id) => ({
      id,
      stamping,
      forwarding: numbered(rules.filter(({ at }) => at.switch === id).map(({ rule }) => rule)),
      detection: [],
      learning: ['register'],
    })),
  };
}

/** The rules with their priorities; the first rule gets the highest. */
const numbered = (rules: readonly Omit<ForwardingRule, 'priority'>[]): ForwardingRule[] =>
  rules.map((rule, i) => ({ ...rule, priority: rules.length - i }));

interface PlacedRule {
  readonly at: Location;
  readonly rule: Omit<ForwardingRule, 'priority'>;
}

/** The rules of every place to which packets can come under any mixture of configurations. */
function explorePlaces({ program, system, structure, limits }: Compilable): {
  readonly rules: readonly PlacedRule[];
  readonly positions: number;
} {
  const pcs = new Map<string, number>([[entry.join(), 0]]);
  const pcOf = (position: Position): number => {
    const key = position.join();
    const pc = pcs.get(key) ?? pcs.size;
    pcs.set(key, pc);
    if (pc >= 2 ** tableLimits.pcBits)
      throw new LimitReached(`more than ${2 ** tableLimits.pcBits} mixed positions, which the pc cannot name`);
    return pc;
  };
  const rules: PlacedRule[] = [];
  const seen = new Set<string>();
  const work: MixedPlace[] = [];
  const visit = (place: MixedPlace): void => {
    const key = `${showLocation(place.at)}|${place.position}`;
    if (seen.has(key)) return;
    seen.add(key);
    work.push(place);
  };
  for (const { at } of program.topology.hosts) visit({ at, position: entry });
  for (let place = work.pop(); place; place = work.pop()) {
    const { at, position } = place;
    for (const [tag, state] of structure.stateOf.entries()) {
      const { hop } = system.configurations[state]!;
      const outputsOf = new Map<Headers, readonly Output[]>();
      const kinds = splitPackets(program.fields, limits, (headers) => {
        const result = hop(headers, at, position);
        if (result.kind === 'needs') return result.field;
        outputsOf.set(headers, result.outputs);
        return undefined;
      });
      for (const headers of kinds) {
        const outputs = outputsOf.get(headers)!;
        for (const { to, position: next } of outputs) if (to) visit({ at: to, position: next });
        rules.push({
          at,
          rule: {
            match: {
              port: at.port,
              tag: [{ block: 0, value: tag, mask: 2 ** tagWidth(structure.eventSets.length) - 1 }],
              pc: pcOf(position),
              headers: valuesOf(program, headers),
            },
            outputs: outputs.map((output) => ({
              port: output.port,
              set: setBy(program, headers, output.headers),
              // A copy that finishes at an internal port has no position, but gets a `pc` all the same.
              pc: pcOf(output.position),
            })),
          },
        });
      }
    }
  }
  return { rules, positions: pcs.size };
}

/**
 * The header values by which a kind of packet is told apart from others. `other` is left out: `splitPackets` lists all
 * other values of a field before `other`, so that the rules for them come first.
 */
const valuesOf = ({ fields }: Compilable['program'], headers: Headers): HeaderValues =>
  Object.fromEntries(
    fields.flatMap(({ name, domain }, f) => {
      const value = domain[headers[f]!];
      return value === undefined || value === other ? [] : [[name, value]];
    }),
  );

/** The fields that a hop changes. */
const setBy = ({ fields }: Compilable['program'], before: Headers, after: Headers): HeaderValues =>
  Object.fromEntries(
    fields.flatMap(({ name, domain }, f) =>
      after[f] === before[f] || after[f] === undetermined ? [] : [[name, domain[after[f]!]!]],
    ),
  );
