import fc from 'fast-check';
import { chooser } from './chooser.js';
import { shapes } from './eventful-program.js';
import { declare, type Link, showLink, wideNetworks } from './networks.js';

/**
 * Writes one program: a few flows, each a walk of its own through switches that mostly have no hosts, past places where
 * events happen and tests of what has happened. So verdicts depend on which switch has heard of what, and by which way.
 */
function write(genes: readonly number[]): string {
  const { pick, chance } = chooser(genes);
  const network = pick(wideNetworks);
  const { initial, transitions, views } = pick(shapes);
  const hosts = Object.keys(network.hosts).map(Number) as [number];
  const links = network.links as readonly [Link, ...Link[]];
  const placed = transitions.map((transition) => ({ ...transition, link: pick(links) }));

  const cross = (link: Link): string => {
    const here = placed.filter((transition) => transition.link === link);
    if (here.length === 0 || chance(6)) return showLink(link);
    const taken = here.map(({ when, assign }) => `${when}; ${showLink(link)}-><${assign}>`);
    return `(${taken.join(' + ')} + !(${here.map(({ when }) => `(${when})`).join(' | ')}); ${showLink(link)})`;
  };

  /** A policy that leads from a switch on to a host. */
  const walk = (at: number, passed: readonly Link[]): string => {
    const host = network.hosts[at];
    // No link is crossed twice, since that could be a loop.
    const onward = network.links.filter((link) => link.from[0] === at && !passed.includes(link));
    if (onward.length === 0 || (host !== undefined && passed.length > 0 && chance(2))) {
      if (host === undefined) return 'drop';
      const test = pick(views);
      return pick([`pt<-${host}`, `(${test}; vlan_id<-1 + !(${test}); vlan_id<-0); pt<-${host}`]);
    }
    const go = (link: Link): string => `pt<-${link.from[1]}; ${cross(link)}; ${walk(link.to[0], [...passed, link])}`;
    if (onward.length > 1 && chance(6)) return `(${go(onward[0]!)} + ${go(onward[1]!)})`;
    const test = pick(views);
    if (onward.length > 1 && chance(5)) return `(${test}; ${go(onward[0]!)} + !(${test}); ${go(onward[1]!)})`;
    return chance(8) ? `${test}; ${go(pick(onward as [Link]))}` : go(pick(onward as [Link]));
  };

  const flows = Array.from({ length: pick([2, 1, 3]) }, () => {
    const start = pick(hosts);
    return `sw=${start} & pt=${network.hosts[start]}${pick(['', ' & vlan_id=0', ' & vlan_id=1'])}; ${walk(start, [])}`;
  });
  return `${[...declare(network), 'field vlan_id in {0, 1};', `state [${initial}];`, 'policy'].join('\n')}\n  ${flows.join('\n+ ')}\n`;
}

/** Programs whose packets go far, so that what switches tell one another matters. */
export const arbitraryWalkingProgram: fc.Arbitrary<string> = fc
  .array(fc.nat({ max: 999 }), { minLength: 20, maxLength: 120, size: 'max' })
  .map(write);
