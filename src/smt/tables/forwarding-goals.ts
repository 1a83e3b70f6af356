import type { LinkAtom, Location } from '../../netkat/policy.js';
import { showLocation } from '../../netkat/topology.js';
import type { Definitions } from '../solver/definitions.js';
import { allOf, and, anyOf, bits, equal, no, not, or, type Term } from '../solver/term.js';
import type { HeaderTerms } from './alphabet.js';
import { showPosition, type TablesGoal } from './goal.js';
import { isInRegion, type Region } from './regions.js';
import { arrivingAt, type TablesSubject } from './subject.js';
import type { OutputTerms } from './switch.js';
import type { TagTerms } from './tag-terms.js';
import type { Emission } from './walk.js';

/** A packet of a region, what its configuration makes of it, and what the tables do. */
interface Hop {
  /** That the packet is in the region. */
  readonly given: Term;
  readonly emissions: readonly Emission[];
  readonly outputs: readonly OutputTerms[];
}

function hopOf(subject: TablesSubject, region: Region, head: Definitions): Hop {
  const { program, alphabet, widths, walk } = subject;
  const { at, pc, position } = region;
  const { terms, headers, inDomains, tag, isTag, isTagged, stateIs } = arrivingAt(subject, at.switch, head);
  const { outputs } = terms.forward({ port: bits(at.port, widths.port), tag, pc: bits(pc, widths.pc), headers });
  const isThere = isInRegion(region, headers, isTagged, program, alphabet);
  return {
    given: and(inDomains, isTag, head.define(isThere, 'Bool')),
    emissions: walk({ headers, stateIs }, at, position, head),
    outputs,
  };
}

const sameHeaders = (a: HeaderTerms, b: HeaderTerms): Term =>
  allOf([...a].map(([name, term]) => equal(term, b.get(name)!)));

type Sent = Pick<OutputTerms, 'port' | 'headers'>;

function byPort<One extends Sent>(all: readonly One[]): Map<number, One[]> {
  const ports = new Map<number, One[]>();
  for (const one of all) {
    const here = ports.get(one.port);
    if (here) here.push(one);
    else ports.set(one.port, [one]);
  }
  return ports;
}

/** That two outputs are one copy: they have the same port and the same headers (spec 1.4). */
const same = (a: Sent, b: Sent): Term => (a.port === b.port ? sameHeaders(a.headers, b.headers) : no);

const nameOf = (kind: string, region: Region): string => `tables/${kind}/${showPosition(region)}`;

/** In words: a packet of a region. */
const packetOf = (region: Region): string =>
  `every packet that, with its tag, can arrive at ${showLocation(region.at)} in position ${region.position.join('+')}${region.pc === 0 ? '' : ` with pc ${region.pc}`}`;

/** For every two outputs of a rule, that they are sent as one copy. The outputs of a rule stand together. */
function twice(outputs: readonly OutputTerms[]): Term[] {
  const terms: Term[] = [];
  for (const [i, o] of outputs.entries())
    for (let j = i - 1; j >= 0 && outputs[j]!.rule === o.rule; j--) terms.push(and(o.when, same(o, outputs[j]!)));
  return terms;
}

/** The table's outputs equal the configuration's, as sets, and no copy is sent twice. */
export function forwardingGoal(subject: TablesSubject, region: Region): TablesGoal {
  return {
    name: nameOf('forwarding', region),
    claim: `${packetOf(region)} is sent on as the configuration of its tag says, each copy once`,
    switch: region.at.switch,
    about: { kind: 'forwarding', region },
    refutation: (head) => {
      const { given, emissions, outputs } = hopOf(subject, region, head);
      // Copies that leave by different ports are never the same, so that only those of one port are compared.
      const [emitted, output] = [byPort(emissions), byPort(outputs)];
      const among = <One extends Emission | OutputTerms>(all: ReadonlyMap<number, readonly One[]>, copy: Sent): Term =>
        anyOf((all.get(copy.port) ?? []).map((one) => and(one.when, same(copy, one))));
      const missing = emissions.map((e) => and(e.when, not(among(output, e))));
      const extra = outputs.map((o) => and(o.when, not(among(emitted, o))));
      return and(given, anyOf([...missing, ...extra, ...twice(outputs)]));
    },
  };
}

/** What the configuration and the tables both send on arrives in a region of its new place, position and pc. */
export function arrivalsGoal(subject: TablesSubject, region: Region): TablesGoal {
  const { regions } = subject;
  return {
    name: nameOf('arrivals', region),
    claim: `${packetOf(region)} comes, if it is sent on, to a place where it is known that it can arrive`,
    switch: region.at.switch,
    about: { kind: 'regions' },
    refutation: (head) => {
      const { given, emissions, outputs } = hopOf(subject, region, head);
      const { isTagged } = arrivingAt(subject, region.at.switch, head);
      const copies = copiesOf(emissions, head);
      const lost = copies.flatMap((copy) => {
        const isAt = positionOf(copy, copies, head);
        const arrives = arrivalOf(copy, { isAt, isTagged }, regions, subject, head);
        return outputs.map((o) => and(copy.when, o.when, same(copy, o), not(arrives(o.pc))));
      });
      return and(given, anyOf(lost));
    },
  };
}

/** All that crosses a link by one port with the same headers. */
interface Copy extends Pick<Emission, 'port' | 'headers'> {
  readonly when: Term;
  readonly to: Location;
  /** By the link occurrence that the packet has then just crossed: when it has. */
  readonly occurrences: ReadonlyMap<number, Term>;
}

/**
 * The copies that are sent on. Many ways through a policy may send the same copy: what is said of it is said once, so
 * that the script grows with the ways, and not with the pairs of them.
 */
function copiesOf(emissions: readonly Emission[], head: Definitions): Copy[] {
  const groups = new Map<string, (Emission & { readonly link: LinkAtom })[]>();
  for (const { link, ...emission } of emissions) {
    if (!link) continue;
    const key = `${emission.port}|${[...emission.headers].join(';')}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push({ ...emission, link });
  }
  return [...groups.values()].map((group) => {
    const ways = new Map<number, Term[]>();
    for (const { link, when } of group) ways.set(link.occurrence, [...(ways.get(link.occurrence) ?? []), when]);
    const [{ port, headers, link }] = group as [(typeof group)[number]];
    return {
      port,
      headers,
      to: link.to,
      when: head.define(anyOf(group.map(({ when }) => when)), 'Bool'),
      occurrences: new Map([...ways].map(([q, terms]) => [q, head.define(anyOf(terms), 'Bool')])),
    };
  });
}

/** Whether a copy is in a position: the occurrences of all that leaves with it as one copy are just those. */
function positionOf(copy: Copy, copies: readonly Copy[], head: Definitions): (wanted: Region['position']) => Term {
  const ways = new Map<number, Term[]>();
  for (const other of copies)
    for (const [q, when] of other.occurrences) ways.set(q, [...(ways.get(q) ?? []), and(when, same(copy, other))]);
  const position = [...ways].map(([q, terms]) => [q, head.define(anyOf(terms), 'Bool')] as const);
  return (wanted) =>
    wanted.every((q) => ways.has(q))
      ? allOf(position.map(([q, isThere]) => (wanted.includes(q) ? isThere : not(isThere))))
      : or();
}

/** Whether a copy comes to one of some regions with a `pc`. */
function arrivalOf(
  copy: Copy,
  { isAt, isTagged }: Pick<TagTerms, 'isTagged'> & { readonly isAt: (wanted: Region['position']) => Term },
  regions: readonly Region[],
  { program, alphabet }: TablesSubject,
  head: Definitions,
): (pc: number) => Term {
  const here = regions.filter((region) => isSame(region.at, copy.to));
  const known = new Map<number, Term>();
  return (pc) => {
    const ways = () =>
      here
        .filter((region) => region.pc === pc)
        .map((r) => and(isAt(r.position), isInRegion(r, copy.headers, isTagged, program, alphabet)));
    const term = known.get(pc) ?? head.define(anyOf(ways()), 'Bool');
    known.set(pc, term);
    return term;
  };
}

const isSame = (a: Location, b: Location): boolean => a.switch === b.switch && a.port === b.port;

/** All packets that a host can send are in the region of its port. */
export function entryGoal(subject: TablesSubject, host: string, at: Location): TablesGoal {
  const { program, alphabet, regions } = subject;
  return {
    name: `tables/entry/${showLocation(at)}`,
    claim: `every packet that ${host} can send is, with any tag, among those that are known to arrive at ${showLocation(at)}`,
    switch: at.switch,
    about: { kind: 'regions' },
    refutation: (head) => {
      const { headers, inDomains, isTag, isTagged } = arrivingAt(subject, at.switch, head);
      const isEntry = ({ at: place, position, pc }: Region) => pc === 0 && position.join() === '0' && isSame(place, at);
      const entered = regions.filter(isEntry).map((r) => isInRegion(r, headers, isTagged, program, alphabet));
      return and(inDomains, isTag, not(anyOf(entered)));
    },
  };
}
