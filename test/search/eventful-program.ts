import fc from 'fast-check';
import { type Chooser, chooser } from './chooser.js';
import { declare, type Link, type Network, networks, showLink } from './networks.js';

/** A change of the state that some link makes: from the vectors that a test lets through to others. */
export interface Transition {
  readonly when: string;
  readonly assign: string;
}

/** What is to happen: the initial vector, the transitions, and tests that tell its states apart. */
interface Shape {
  readonly initial: string;
  readonly transitions: readonly Transition[];
  readonly views: readonly [string, ...string[]];
}

const step = (from: number, to: number): Transition => ({ when: `state=[${from}]`, assign: `state<-[${to}]` });
const flag = (i: number, unless?: string): Transition => ({
  when: `state(${i})=0${unless === undefined ? '' : ` & ${unless}`}`,
  assign: `state(${i})<-1`,
});
const steps = (...transitions: readonly Transition[]): Shape => ({
  initial: '0',
  transitions,
  views: ['state=[1]', 'state=[0]', 'state=[2]', 'state!=[0]', 'state(0)!=1'],
});
const flags = (n: number, ...transitions: readonly Transition[]): Shape => ({
  initial: Array.from({ length: n }, () => 0).join(','),
  transitions,
  views: ['state(0)=1', 'state(1)=1', 'state(0)=1 & state(1)=0', 'state(0)=0 | state(1)=0', 'state(1)=0'],
});

/** Chains, conflicts, concurrency, counters, choices that come back together, loops (paper, Figure 2 and §5). */
export const shapes: readonly [Shape, ...Shape[]] = [
  steps(step(0, 1)),
  steps(step(0, 1), step(1, 2)),
  steps(step(0, 1), step(0, 2)),
  flags(2, flag(0), flag(1)),
  // A second event that only happens if the first has not: {e0} and {e1, e0}, but not {e0, e1} in that order.
  flags(2, flag(0), flag(1, 'state(0)=0')),
  // Either of two, and a third after the one.
  steps(step(0, 1), step(0, 2), step(1, 3)),
  // Either of two, and a third after both.
  steps(step(0, 1), step(0, 2), step(1, 3), step(2, 3)),
  steps(step(0, 1), step(1, 2), step(2, 3)),
  // Two of three.
  flags(3, flag(0, 'state!=[_,1,1]'), flag(1, 'state!=[1,_,1]'), flag(2, 'state!=[1,1,_]')),
  // A third after two that are in no order.
  flags(3, flag(0), flag(1), flag(2, 'state(0)=1 & state(1)=1')),
  // A chain, and one beside it.
  flags(3, flag(0), flag(1, 'state(0)=1'), flag(2)),
  flags(3, flag(0), flag(1), flag(2)),
  steps(step(0, 1), step(1, 0)),
];

/** How the events meet links: which transitions a crossing of a link may take, and for which packets. */
interface Placed extends Transition {
  readonly link: Link;
  readonly test: string;
}

/** Writes one program: where events happen, who sends packets there, and who sees what has happened. */
function write(genes: readonly number[]): string {
  const choices = chooser(genes);
  const { pick, chance } = choices;
  const network = pick(networks);
  const { links } = network;
  const { initial, transitions, views } = pick(shapes);
  const only = chance(3) ? pick(links as [Link]) : undefined;
  const placed = transitions.map(
    (transition): Placed => ({
      ...transition,
      link: only ?? pick(links as [Link]),
      test: pick(['', '', 'vlan_id=0', 'vlan_id=1', 'vlan_id!=0']),
    }),
  );
  const view = (): string => pick(views);

  /**
   * Crosses a link with the transitions that are placed on it; packets nearly always get across, whatever the state and
   * their headers.
   */
  const cross = (link: Link): string => {
    const here = placed.filter((transition) => transition.link === link);
    if (here.length === 0) return showLink(link);
    const taken = here.map(({ when, assign, test }) => ({
      guard: test === '' ? `(${when})` : `(${when}) & ${test}`,
      assign,
    }));
    const otherwise = chance(5) ? [] : [`!(${taken.map(({ guard }) => guard).join(' | ')}); ${showLink(link)}`];
    const branches = taken.map(({ guard, assign }) => `${guard}; ${showLink(link)}-><${assign}>`);
    return `(${[...branches, ...otherwise].join(' + ')})`;
  };
  const pieces: Pieces = { ...choices, network, cross, view };

  const branches: string[] = [];
  for (const link of new Set(placed.map((transition) => transition.link))) branches.push(to(link, pieces));
  const watchers = pick([1, 1, 2, 0]);
  for (let i = 0; i < watchers; i++) branches.push(watch(pieces));

  return `${[...declare(network), 'field vlan_id in {0, 1};', `state [${initial}];`, 'policy'].join('\n')}\n  ${branches.join('\n+ ')}\n`;
}

interface Pieces extends Chooser {
  readonly network: Network;
  readonly cross: (link: Link) => string;
  /** A test of the state. */
  readonly view: () => string;
}

const entry = ({ network, pick }: Pieces, n: number): string =>
  `sw=${n} & pt=${network.hosts[n]}${pick(['', '', ' & vlan_id=0', ' & vlan_id=1'])}`;

/** The links to take from one switch to another, few if there is a choice. */
function way({ links }: Network, from: number, to: number): readonly Link[] | undefined {
  const ways: { readonly at: number; readonly links: readonly Link[] }[] = [{ at: from, links: [] }];
  const seen = new Set([from]);
  for (const { at, links: before } of ways) {
    if (at === to) return before;
    for (const link of links)
      if (link.from[0] === at && !seen.has(link.to[0])) {
        seen.add(link.to[0]);
        ways.push({ at: link.to[0], links: [...before, link] });
      }
  }
  return undefined;
}

const hostsOf = (network: Network): [number] => Object.keys(network.hosts).map(Number) as [number];

/** From a switch out to a host, one that can be reached; the state may be looked at on the way. */
function out(pieces: Pieces, from: number, fuel: number): string {
  const { network, pick, cross, view, chance } = pieces;
  const reachable = hostsOf(network).flatMap((host) => way(network, from, host) ?? []);
  const here = network.hosts[from];
  const onward = network.links.filter((link) => link.from[0] === from);
  if (here !== undefined && (fuel === 0 || !chance(3))) return seen(pieces, `pt<-${here}`);
  if (fuel === 0 || onward.length === 0 || (here === undefined && reachable.length === 0)) return 'drop';
  const go = (link: Link): string => `pt<-${link.from[1]}; ${cross(link)}; ${out(pieces, link.to[0], fuel - 1)}`;
  const some = () => go(pick(onward as [Link]));
  switch (pick(['go', 'go', 'copies', 'if'] as const)) {
    case 'go':
      return some();
    case 'copies':
      return `(${some()} + ${here === undefined ? some() : `pt<-${here}`})`;
    case 'if':
      return `(${view()}; ${some()} + !(${view()}); ${here === undefined ? 'drop' : `pt<-${here}`})`;
  }
}

/** An end that may show the state. */
function seen({ pick, view }: Pieces, end: string): string {
  switch (pick(['plain', 'plain', 'if', 'mark'] as const)) {
    case 'plain':
      return end;
    case 'if':
      return `${view()}; ${end}`;
    case 'mark': {
      const test = view();
      return `(${test}; vlan_id<-1 + !(${test}); vlan_id<-0); ${end}`;
    }
  }
}

/** Packets of some host that cross a link, and then go out, or on. */
function to(link: Link, pieces: Pieces): string {
  const { network, pick, cross, chance } = pieces;
  const starts = hostsOf(network).filter((host) => way(network, host, link.from[0]));
  const start = pick(starts as [number]);
  const before = way(network, start, link.from[0])!;
  const path = [...before, link].map((l) => `pt<-${l.from[1]}; ${cross(l)}`).join('; ');
  const beside = network.links.find((l) => l.from[0] === start && l !== link && l !== before[0]);
  const rest = `${path}; ${out(pieces, link.to[0], pick([0, 1, 2]))}`;
  if (beside === undefined || !chance(3)) return `${entry(pieces, start)}; ${rest}`;
  // Multicast, so that events happen in two places at once.
  const other = `pt<-${beside.from[1]}; ${cross(beside)}; ${out(pieces, beside.to[0], 1)}`;
  return `${entry(pieces, start)}; (${rest} + ${other})`;
}

/** Packets of some host that are treated as the state says. */
function watch(pieces: Pieces): string {
  const { network, pick, view, cross } = pieces;
  const start = pick(hostsOf(network));
  const onward = network.links.filter((link) => link.from[0] === start);
  const test = view();
  const head = entry(pieces, start);
  if (onward.length === 0) return `${head}; ${seen(pieces, `pt<-${network.hosts[start]}`)}`;
  const link = pick(onward as [Link]);
  const go = `pt<-${link.from[1]}; ${cross(link)}; ${out(pieces, link.to[0], pick([0, 1]))}`;
  switch (pick(['only', 'mark', 'either'] as const)) {
    case 'only':
      return `${head}; ${test}; ${go}`;
    case 'mark':
      return `${head}; (${test}; vlan_id<-1 + !(${test}); vlan_id<-0); ${go}`;
    case 'either':
      return `${head}; (${test}; ${go} + !(${test}); pt<-${network.hosts[start]})`;
  }
}

/** Programs that are about events: most have two or more, in every relation that events can have to each other. */
export const arbitraryEventfulProgram: fc.Arbitrary<string> = fc
  .array(fc.nat({ max: 999 }), { minLength: 20, maxLength: 90, size: 'max' })
  .map(write);
