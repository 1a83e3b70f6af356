import fc from 'fast-check';
import { chooser } from './chooser.js';
import { declare, type Link, networks, showLink } from './networks.js';

/** Writes one program. */
function write(genes: readonly number[]): string {
  const { pick, chance } = chooser(genes);
  const network = pick(networks);
  const { links } = network;
  const components = pick([1, 1, 2]);
  const field = 'vlan_id';
  const values = pick([2, 2, 3]);
  const value = () => pick(Array.from({ length: values }, (_, i) => i) as [number]);
  const component = () => pick(Array.from({ length: components }, (_, i) => i) as [number]);
  const stateValue = () => pick([0, 1, 0, 0, 1, 2, 0] as const);

  const stateTest = (): string => `state(${component()})${pick(['=', '!='])}${stateValue()}`;

  /** How a link is crossed: plainly, always with an event, or with one that counts on. */
  const crossing = (way: Link): string => {
    const link = showLink(way);
    const i = component();
    switch (pick(['plain', 'step', 'always', 'step', 'step', 'count', 'vector', 'always', 'plain'] as const)) {
      case 'plain':
        return link;
      case 'always':
        return `${link}-><state(${i})<-${pick([1, 1, 1, 2, 1, 2, 0])}>`;
      case 'step': {
        const k = stateValue();
        const next = pick([k + 1, k + 1, k + 1, 2, 1, 0].map((v) => v % 3) as [number]);
        return `(state(${i})=${k}; ${link}-><state(${i})<-${next}> + state(${i})!=${k}; ${link})`;
      }
      case 'count':
        return `(state(${i})=0; ${link}-><state(${i})<-1> + state(${i})=1; ${link}-><state(${i})<-2> + state(${i})=2; ${link})`;
      case 'vector': {
        const vector = Array.from({ length: components }, () => pick(['1', '_', '2'])).join(',');
        return `(${stateTest()}; ${link} + ${stateTest()}; ${link}-><state<-[${vector}]>)`;
      }
    }
  };

  /** What happens to a packet at switch n from here on, crossing `fuel` more links at most. */
  const walk = (n: number, fuel: number): string => {
    const onward = links.filter(({ from }) => from[0] === n);
    const out = network.hosts[n];
    const canLink = fuel > 0 && onward.length > 0;
    const cross = (): string => {
      const link = pick(onward as [Link]);
      return `pt<-${link.from[1]}; ${crossing(link)}; ${walk(link.to[0], fuel - 1)}`;
    };
    const end = (): string => {
      if (out !== undefined) return `pt<-${out}`;
      return canLink ? cross() : 'drop';
    };
    const most = canLink ? cross : end;
    switch (
      pick(['go', 'if', 'go', 'state', 'if', 'assign', 'test', 'state', 'both', 'end', 'copies', 'go', 'both'] as const)
    ) {
      case 'go':
        return most();
      case 'end':
        return end();
      case 'if': {
        const test = stateTest();
        return `(${test}; ${most()} + !(${test}); ${pick(['mark', 'end', 'most', 'drop']) === 'mark' ? `${field}<-${value()}; ${most()}` : chance(3) ? most() : end()})`;
      }
      case 'assign':
        return `${field}<-${value()}; ${most()}`;
      case 'test':
        return `${field}${pick(['=', '!='])}${value()}; ${most()}`;
      case 'state':
        return `${stateTest()}; ${most()}`;
      case 'both':
        return `(${most()} + ${most()})`;
      case 'copies':
        return `(${field}<-0 + ${field}<-1); ${most()}`;
    }
  };

  /** `(step + step + …)*; exit`: iteration over links that lead to higher switches, so that it ends. */
  const star = (): string => {
    const rising = links.filter(({ from, to }) => from[0] < to[0]);
    const steps = rising.map((link) => {
      const test = pick(['', '', `${stateTest()}; `, `${field}=${value()}; `]);
      return `sw=${link.from[0]}; ${test}pt<-${link.from[1]}; ${crossing(link)}`;
    });
    const exits = Object.entries(network.hosts).map(
      ([n, port]) => `sw=${n}; ${pick(['', `${stateTest()}; `])}pt<-${port}`,
    );
    return `(${steps.join(' + ')})*; (${exits.join(' + ')})`;
  };

  const branch = (): string => {
    const n = Number(pick(Object.keys(network.hosts) as [string]));
    const test = pick(['', '', ` & ${field}=${value()}`, ` & ${stateTest()}`]);
    const entry = `sw=${n} & pt=${network.hosts[n]}${test}`;
    return `${entry}; ${chance(8) ? star() : walk(n, pick([1, 2, 2, 3]))}`;
  };

  const branches = Array.from({ length: pick([1, 2, 2, 3]) }, branch);
  const domain = Array.from({ length: values }, (_, i) => i).join(', ');
  const state = Array.from({ length: components }, () => 0).join(', ');
  return `${[...declare(network), `field ${field} in {${domain}};`, `state [${state}];`, 'policy'].join('\n')}\n  ${branches.join('\n+ ')}\n`;
}

/**
 * Programs small enough that every interleaving of two packets can be looked at, and built for what is hard: events
 * that chain, conflict and happen far apart, multicast, copies by the same port, rewriting, tests of the state in the
 * middle of a path, iteration, links from a switch to itself.
 */
export const arbitrarySmallProgram: fc.Arbitrary<string> = fc
  .array(fc.nat({ max: 999 }), { minLength: 20, maxLength: 90, size: 'max' })
  .map(write);
