import type { Headers } from '../../src/netkat/fields.js';
import type { LinkAtom, Location, NetkatAtom, Policy } from '../../src/netkat/policy.js';

/** A hop (spec 1.4): the packet's headers, and the switch and port that it arrived at. */
export interface Hop {
  readonly headers: Headers;
  readonly at: Location;
}

/** A packet in the middle of a policy, with its history: the hops it has made, from the host port on. */
export interface Copy extends Hop {
  readonly hops: readonly Hop[];
}

/** What an atom does to one copy. */
export type Meaning<Atom> = (atom: Atom, copy: Copy) => readonly Copy[];

/**
 * The tiny reference evaluator, the oracle of every cleverer one: the denotational semantics of NetKAT on one packet
 * (paper §2, [Anderson et al. 2014]), to the letter and recursively on the policy. It shares no code with
 * `flow-graph.ts`, `configuration.ts` and `tree.ts`. Ends iff finitely many copies can arise.
 */
export function evaluate<Atom>(policy: Policy<Atom>, copy: Copy, meaning: Meaning<Atom>): readonly Copy[] {
  switch (policy.kind) {
    case 'atom':
      return meaning(policy.atom, copy);
    case 'union':
      return set(policy.parts.flatMap((part) => evaluate(part, copy, meaning)));
    case 'sequence':
      return policy.parts.reduce<readonly Copy[]>(
        (copies, part) => set(copies.flatMap((c) => evaluate(part, c, meaning))),
        [copy],
      );
    case 'star': {
      let all: readonly Copy[] = [copy];
      for (let last = all; last.length > 0; ) {
        const round = set(last.flatMap((c) => evaluate(policy.body, c, meaning)));
        last = without(round, all);
        all = [...all, ...last];
      }
      return all;
    }
  }
}

/** The meaning of the atoms of NetKAT, given what is remembered when a copy has crossed a link. */
export const netkat =
  (remember: (crossed: Copy, link: LinkAtom) => readonly Copy[]): Meaning<NetkatAtom> =>
  (atom, copy) => {
    const { headers, at, hops } = copy;
    switch (atom.kind) {
      case 'test':
        return (headers[atom.field] === atom.value) === atom.equal ? [copy] : [];
      case 'testSwitch':
        return (at.switch === atom.switch) === atom.equal ? [copy] : [];
      case 'testPort':
        return (at.port === atom.port) === atom.equal ? [copy] : [];
      case 'assign':
        return [{ headers: headers.map((v, f) => (f === atom.field ? atom.value : v)), at, hops }];
      case 'assignPort':
        return [{ headers, at: { switch: at.switch, port: atom.port }, hops }];
      case 'link':
        return samePlace(at, atom.from) ? remember({ headers, at: atom.to, hops }, atom) : [];
    }
  };

/** A packet that enters at a host port: the ingress hop is the first of its history. */
export const entering = (headers: Headers, at: Location): Copy => ({ headers, at, hops: [{ headers, at }] });

/** Ordinary NetKAT: every hop is recorded. Does not end where packets can circle. */
export const recordHop = (crossed: Copy): readonly Copy[] => [
  { ...crossed, hops: [...crossed.hops, { headers: crossed.headers, at: crossed.at }] },
];

/** NetKAT without histories: only where packets get to. Always ends. */
export const forgetHops = (crossed: Copy): readonly Copy[] => [{ ...crossed, hops: [] }];

export const showHop = ({ headers, at }: Hop): string => `${headers}@${at.switch}:${at.port}`;

/** A history and what became of it, as text: `1,0@1:3 > 1,0@2:1 => 1,0@2:3`. */
export const showHistory = (copy: Copy): string => `${showPath(copy.hops)} => ${showHop(copy)}`;

export const showPath = (hops: readonly Hop[]): string => hops.map(showHop).join(' > ');

const samePlace = (a: Location, b: Location): boolean => a.switch === b.switch && a.port === b.port;

const set = (copies: readonly Copy[]): readonly Copy[] => [...new Map(copies.map((c) => [showHistory(c), c])).values()];

function without(copies: readonly Copy[], known: readonly Copy[]): readonly Copy[] {
  const keys = new Set(known.map(showHistory));
  return copies.filter((c) => !keys.has(showHistory(c)));
}
