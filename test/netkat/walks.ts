import type { Headers } from '../../src/netkat/fields.js';
import type { Location, Policy } from '../../src/netkat/policy.js';
import { hostAt, type Topology } from '../../src/netkat/topology.js';
import {
  type Copy,
  entering,
  evaluate,
  forgetHops,
  type Hop,
  type Meaning,
  type netkat,
  recordHop,
  showHistory,
  showHop,
  showPath,
} from './evaluate.js';

/** What a packet does under a policy, by brute force (spec 1.4). All of it is text, sorted. */
export type Walks =
  | {
      readonly kind: 'tree';
      /** The histories that end at a host. */
      readonly exits: readonly string[];
      /** The histories of all hops, the dropped ones among them. */
      readonly hops: readonly string[];
    }
  | { readonly kind: 'egress' | 'forwarding-loop' };

/** How the atoms of some language act, given what happens at links. */
export type Language<Atom> = (remember: Parameters<typeof netkat>[0]) => Meaning<Atom>;

/** Every walk of a packet that enters at `at`: its histories, or the fault that is reported first. */
export function walks<Atom>(
  language: Language<Atom>,
  topology: Topology,
  policy: Policy<Atom>,
  headers: Headers,
  at: Location,
): Walks {
  const start = entering(headers, at);
  const finals = evaluate(policy, start, language(forgetHops));
  if (finals.some((copy) => !hostAt(topology, copy.at))) return { kind: 'egress' };

  const hops = new Set([showPath(start.hops)]);
  const stopAtLoop = (crossed: Copy): readonly Copy[] => {
    if (crossed.hops.some((hop) => showHop(hop) === showHop(crossed))) throw new LoopFound();
    const [recorded] = recordHop(crossed);
    hops.add(showPath(recorded!.hops));
    return [recorded!];
  };
  try {
    const exits = evaluate(policy, start, language(stopAtLoop)).map(showHistory);
    return { kind: 'tree', exits: exits.sort(), hops: [...hops].sort() };
  } catch (error) {
    if (error instanceof LoopFound) return { kind: 'forwarding-loop' };
    throw error;
  }
}

class LoopFound extends Error {}

/** Whether a path of hops can be walked; where copies finish at its end, and the link occurrences just crossed. */
export function follow<Atom>(
  language: Language<Atom>,
  policy: Policy<Atom>,
  path: readonly Hop[],
): { readonly finishes: readonly Location[]; readonly lastLinks: readonly number[] } {
  const lastLinks = new Set<number>();
  const onlyAlong: Parameters<typeof netkat>[0] = (crossed, link) => {
    const next = path[crossed.hops.length];
    if (!next || showHop(next) !== showHop(crossed)) return [];
    if (crossed.hops.length === path.length - 1) lastLinks.add(link.occurrence);
    return recordHop(crossed);
  };
  const finals = evaluate(policy, entering(path[0]!.headers, path[0]!.at), language(onlyAlong));
  const finishes = finals.filter(({ hops }) => hops.length === path.length).map(({ at }) => at);
  return { finishes, lastLinks: [...lastLinks] };
}
