import type { Program } from '../language/program.js';
import { showLocation } from '../netkat/topology.js';
import type { JointField, Which } from './joint-fields.js';
import type { Difference, ShownHost } from './shown.js';

/** The addresses that hosts declare, by name. */
export type DeclaredAddresses = ReadonlyMap<string, Pick<ShownHost, 'ip' | 'mac'>>;

/** A program, with what it declares of its hosts. */
export interface Declared {
  readonly program: Program;
  readonly addresses: DeclaredAddresses;
}

/** Hosts, links and switches that only one program has, or that it has elsewhere (spec 7). */
export function compareNetworks(sides: Readonly<Record<Which, Declared>>): Difference[] {
  const { old, new: now } = sides;
  const hosts = { old: hostsOf(old), new: hostsOf(now) };
  const names = new Set([...hosts.old.keys(), ...hosts.new.keys()]);
  const changed = [...names].flatMap((host): Difference[] => {
    const [a, b] = [hosts.old.get(host) ?? null, hosts.new.get(host) ?? null];
    return JSON.stringify(a) === JSON.stringify(b) ? [] : [{ kind: 'host', host, old: a, new: b }];
  });
  const links = { old: linksOf(old.program), new: linksOf(now.program) };
  return [
    ...changed,
    ...onlyIn(links.old, links.new).map((link): Difference => ({ kind: 'link', ...link, only: 'old' })),
    ...onlyIn(links.new, links.old).map((link): Difference => ({ kind: 'link', ...link, only: 'new' })),
    ...switchesOnlyIn(sides, 'old', 'new'),
    ...switchesOnlyIn(sides, 'new', 'old'),
  ];
}

const hostsOf = ({ program, addresses }: Declared): ReadonlyMap<string, ShownHost> =>
  new Map(
    program.topology.hosts.map(({ name, at }) => [
      name,
      { at: showLocation(at), ...(addresses.get(name) ?? { ip: null, mac: null }) },
    ]),
  );

const linksOf = ({ topology }: Program) =>
  new Map(
    topology.links.map(({ from, to }) => [
      `${showLocation(from)} ${showLocation(to)}`,
      { from: showLocation(from), to: showLocation(to) },
    ]),
  );

const onlyIn = <Entry>(these: ReadonlyMap<string, Entry>, those: ReadonlyMap<string, Entry>): Entry[] =>
  [...these].flatMap(([key, entry]) => (those.has(key) ? [] : [entry]));

const switchesOnlyIn = (sides: Readonly<Record<Which, Declared>>, which: Which, other: Which): Difference[] =>
  sides[which].program.topology.switches
    .filter((n) => !sides[other].program.topology.switches.includes(n))
    .map((n) => ({ kind: 'switch', switch: n, only: which }));

/** Values of header fields with which only one program has packets. */
export const comparePackets = (fields: readonly JointField[]): Difference[] =>
  fields.flatMap(({ name, domain, old, new: now }) =>
    (['old', 'new'] as const).flatMap((only): Difference[] => {
      const [mine, theirs] = only === 'old' ? [old, now] : [now, old];
      const values = domain.filter((_, v) => mine.values[v] !== undefined && theirs.values[v] === undefined);
      return values.length === 0 ? [] : [{ kind: 'packets', field: name, values, only }];
    }),
  );
