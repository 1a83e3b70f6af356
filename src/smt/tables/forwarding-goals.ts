import type { Location } from '../../netkat/policy.js';
import { showLocation } from '../../netkat/topology.js';
import type { Definitions } from '../solver/definitions.js';
import { and, bits, equal, not, or, type Term } from '../solver/term.js';
import type { HeaderTerms } from './alphabet.js';
import { setName, showPosition, type TablesGoal } from './goal.js';
import { isInRegion, type Region } from './regions.js';
import { arrivingAt, type TablesSubject } from './subject.js';
import type { OutputTerms } from './switch.js';
import type { Emission } from './walk.js';

/** A packet of a region, what its configuration makes of it, and what the tables do. */
interface Hop {
  /** That the packet is of the region. */
  readonly given: Term;
  readonly emissions: readonly Emission[];
  readonly outputs: readonly OutputTerms[];
}

function hopOf(subject: TablesSubject, region: Region, head: Definitions): Hop {
  const { program, alphabet, widths, walk, tagOf } = subject;
  const { at, pc, position, eventSet } = region;
  const { terms, headers, inDomains } = arrivingAt(subject, at.switch, head);
  const { outputs } = terms.forward({
    port: bits(at.port, widths.port),
    tag: bits(tagOf(eventSet), widths.tag),
    pc: bits(pc, widths.pc),
    headers,
  });
  return {
    given: and(inDomains, head.define(isInRegion(region, headers, program.fields, alphabet), 'Bool')),
    emissions: walk(eventSet)(headers, at, position, head),
    outputs,
  };
}

const sameHeaders = (a: HeaderTerms, b: HeaderTerms): Term =>
  and(...[...a].map(([name, term]) => equal(term, b.get(name)!)));

/** That two are one copy: the same port, the same headers (spec 1.4). */
const same = (
  a: { readonly port: number; readonly headers: HeaderTerms },
  b: { readonly port: number; readonly headers: HeaderTerms },
): Term => (a.port === b.port ? sameHeaders(a.headers, b.headers) : or());

const nameOf = (kind: string, { structure }: TablesSubject, region: Region): string =>
  `tables/${kind}/${setName(structure.eventSets[region.eventSet]!)}/${showPosition(region)}`;

/** In words: a packet of a region. */
const packetOf = ({ structure }: TablesSubject, region: Region): string =>
  `every packet tagged ${setName(structure.eventSets[region.eventSet]!)} that can arrive at ${showLocation(region.at)} in position ${region.position.join('+')}${region.pc === 0 ? '' : ` with pc ${region.pc}`}`;

/** The table's outputs equal the configuration's, as sets, and no copy is sent twice. */
export function forwardingGoal(subject: TablesSubject, region: Region): TablesGoal {
  return {
    name: nameOf('forwarding', subject, region),
    claim: `${packetOf(subject, region)} is sent on as its configuration says, each copy once`,
    switch: region.at.switch,
    about: { kind: 'forwarding', region },
    refutation: (head) => {
      const { given, emissions, outputs } = hopOf(subject, region, head);
      const missing = emissions.map((e) => and(e.when, not(or(...outputs.map((o) => and(o.when, same(e, o)))))));
      const extra = outputs.map((o) => and(o.when, not(or(...emissions.map((e) => and(e.when, same(e, o)))))));
      const twice = outputs.flatMap((o, i) =>
        outputs.slice(0, i).map((p) => (p.rule === o.rule ? and(o.when, same(o, p)) : or())),
      );
      return and(given, or(...missing, ...extra, ...twice));
    },
  };
}

/** What the configuration and the tables both send on arrives in a region of its new place, position and pc. */
export function arrivalsGoal(subject: TablesSubject, region: Region): TablesGoal {
  const { program, alphabet, regions } = subject;
  return {
    name: nameOf('arrivals', subject, region),
    claim: `${packetOf(subject, region)} comes, if it is sent on, to a place where it is known that it can arrive`,
    switch: region.at.switch,
    about: { kind: 'regions' },
    refutation: (head) => {
      const { given, emissions, outputs } = hopOf(subject, region, head);
      const moving = emissions.filter(({ link }) => link);
      const lost = moving.flatMap((e) => {
        // The copy's position: the occurrences of all that leaves with it as one copy.
        const position = new Map<number, Term[]>();
        for (const other of moving) {
          const { occurrence } = other.link!;
          position.set(occurrence, [...(position.get(occurrence) ?? []), and(other.when, same(e, other))]);
        }
        const isAt = (wanted: Region['position']): Term =>
          wanted.every((q) => position.has(q))
            ? and(...[...position].map(([q, ways]) => (wanted.includes(q) ? or(...ways) : not(or(...ways)))))
            : or();
        const there = regions.filter((r) => r.eventSet === region.eventSet && isSame(r.at, e.link!.to));
        return outputs.map((o) => {
          const arrives = there
            .filter(({ pc }) => pc === o.pc)
            .map((r) => and(isAt(r.position), isInRegion(r, e.headers, program.fields, alphabet)));
          return and(e.when, o.when, same(e, o), not(or(...arrives)));
        });
      });
      return and(given, or(...lost));
    },
  };
}

const isSame = (a: Location, b: Location): boolean => a.switch === b.switch && a.port === b.port;

/** All packets that a host can send are in the region of its port. */
export function entryGoal(subject: TablesSubject, host: string, at: Location, eventSet: number): TablesGoal {
  const { program, structure, alphabet, regions } = subject;
  const set = setName(structure.eventSets[eventSet]!);
  return {
    name: `tables/entry/${set}/${showLocation(at)}`,
    claim: `every packet that ${host} can send is, tagged ${set}, among those that are known to arrive at ${showLocation(at)}`,
    switch: at.switch,
    about: { kind: 'regions' },
    refutation: (head) => {
      const { headers, inDomains } = arrivingAt(subject, at.switch, head);
      const isEntry = ({ at: place, position, pc, eventSet: tag }: Region) =>
        tag === eventSet && pc === 0 && position.join() === '0' && isSame(place, at);
      const entered = regions.filter(isEntry).map((r) => isInRegion(r, headers, program.fields, alphabet));
      return and(inDomains, not(or(...entered)));
    },
  };
}
