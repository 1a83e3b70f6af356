import fc from 'fast-check';
import { chooser } from '../search/chooser.js';

/** Where a random property may look: what a program declares. */
interface Places {
  readonly hosts: readonly string[];
  readonly switches: readonly number[];
  readonly ports: readonly string[];
}

function placesIn(program: string): Places {
  const hosts = [...program.matchAll(/host (\w+) @ (\d+):(\d+)/g)];
  const links = [...program.matchAll(/link (\d+:\d+) <?-> (\d+:\d+)/g)];
  const ports = [...hosts.map(([, , n, m]) => `${n}:${m}`), ...links.flatMap(([, from, to]) => [from!, to!])];
  const switches = [...new Set(ports.map((port) => Number(port.split(':')[0])))];
  return { hosts: hosts.map(([, name]) => name!), switches, ports: [...new Set(ports)] };
}

/** Properties of the configuration of one state, over the places of a program. */
export const randomOfConfigurations = (
  program: string,
  state: string,
  genes: readonly number[],
  count: number,
): string => {
  const { formula } = writer(program, genes);
  const of = (i: number) =>
    `property p${i}: in state ${state}: every ${formula(['via'], 2)} leads to ${formula([], 2)};`;
  return Array.from({ length: count }, (_, i) => of(i)).join('\n');
};

/** Properties of all forms over the places of a program whose packets have `vlan_id`; the same for the same numbers. */
export function randomProperties(program: string, genes: readonly number[], count: number): string {
  const { pick, observation, formula } = writer(program, genes);
  const all = ['before', 'earlier', 'via', 'before'];
  const form = (): string =>
    pick<() => string>([
      () => `always ${formula(all, 2)} => ${formula(all, 2)}`,
      () => `every ${formula(all, 2)} leads to ${formula([], 2)}`,
      () => `never ${observation()} & ${formula(all, 2)}`,
      () => `every ${observation()} & ${formula(all, 2)} leads to ${formula([], 1)}`,
      () => `at most ${pick([1, 2, 3, 0])} ${formula(all, 1)}`,
    ])();
  return Array.from({ length: count }, (_, i) => `property p${i}: ${form()};`).join('\n');
}

/** Writes observations and formulas. */
function writer(program: string, genes: readonly number[]) {
  const { pick, chance } = chooser(genes);
  const { hosts, switches, ports } = placesIn(program);
  const any = <T>(items: readonly T[]): T => pick(items as [T, ...T[]]);
  const test = (): string => {
    if (!chance(2)) return '';
    return ` with ${pick(['vlan_id=0', 'vlan_id=1', 'vlan_id!=0', '(vlan_id=0 | vlan_id=1)', '(!vlan_id=1)'])}`;
  };
  const observation = (): string => {
    const what = pick<() => string>([
      () => `sent by ${any(hosts)}`,
      () => `delivered to ${any(hosts)}`,
      () => `at ${any(ports)}`,
      () => `at ${any(switches)}`,
      () => 'delivered',
      () => `dropped at ${any(switches)}`,
      () => 'dropped',
      () => 'sent',
      () => 'delivered to nobody',
    ]);
    return what() + test();
  };
  function formula(looks: readonly string[], depth: number): string {
    if (depth === 0 || chance(3)) return observation();
    const inner = (): string => formula(looks, depth - 1);
    const past = (): string => (looks.length === 0 ? observation() : `${any(looks)} (${inner()})`);
    return pick<() => string>([
      past,
      (): string => `(${inner()} & ${inner()})`,
      past,
      (): string => `!(${inner()})`,
      (): string => `(${inner()} | ${inner()})`,
      past,
      (): string => pick(['true', 'false']),
    ])();
  }
  return { pick, observation, formula };
}

export const arbitraryGenes = fc.array(fc.nat({ max: 999 }), { minLength: 20, maxLength: 120, size: 'max' });
