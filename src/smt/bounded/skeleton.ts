import { greatest } from '../../base/extremes.js';
import { LimitReached } from '../../base/limits.js';
import type { Program } from '../../language/program.js';
import type { Location } from '../../netkat/policy.js';
import type { Host } from '../../netkat/topology.js';
import { type Beam, intersect, subtract, transformed, withBeam } from './beams.js';
import type { HopRule, HopRules } from './hops.js';

/**
 * A copy that a packet may come to have. It is told from others by the links that it has crossed and, where several
 * copies cross the same link at once, by its number among them. Whether it exists, with what headers and in what
 * position, depends on the packet and its tag.
 */
export interface PossibleCopy {
  readonly id: number;
  readonly at: Location;
  readonly parent: PossibleCopy | undefined;
  /** The positions that it may be in. */
  readonly positions: readonly number[];
  /**
   * What can be done with it, by rank: each rule with the copy that each of its outputs becomes (undefined: only an
   * exit).
   */
  readonly cases: readonly { readonly rule: HopRule; readonly next: readonly (PossibleCopy | undefined)[] }[];
  /** Rules that can apply to it but would lead past the bound on hops. */
  readonly cut: readonly HopRule[];
  /** A number from 0. Two copies of a packet with the same colour never exist together. */
  readonly colour: number;
}

/** All copies of a packet that enters from one host, parents first. */
export interface Skeleton {
  readonly host: Host;
  readonly copies: readonly PossibleCopy[];
  /** One more than the highest colour. */
  readonly colours: number;
}

interface Draft {
  readonly id: number;
  readonly at: Location;
  readonly parent: Draft | undefined;
  readonly depth: number;
  beams: readonly Beam[];
  cases: { readonly rule: HopRule; readonly next: readonly (Draft | undefined)[] }[];
  cut: HopRule[];
  children: readonly Draft[];
  colour: number;
}

/** If one packet from one host may come to have more copies than this, the program is too large for this engine. */
const maxCopies = 400;
const maxBeams = 2_000;

/** By which rules copies are followed. */
export interface SkeletonRules {
  readonly hops: HopRules;
  /** The indices of all event-sets, as a set. */
  readonly all: bigint;
  /** Whether each hop is by an event-set of its own (`best-effort`). */
  readonly mixed: boolean;
  /** The most hops that a copy is followed for; only mixed configurations can lead further. */
  readonly maxHops: number;
}

/**
 * Follows everything that a host can send through every rule that it can meet, exactly: sets of headers, not single
 * ones. @throws LimitReached
 */
export function skeleton(program: Program, host: Host, rules: SkeletonRules): Skeleton {
  const values = program.fields.map(({ domain }) => (1n << BigInt(domain.length)) - 1n);
  const draft = (at: Location, parent: Draft | undefined): Draft => {
    if (drafts.length >= maxCopies) throw new LimitReached(`more than ${maxCopies} copies of one packet`);
    const depth = parent ? parent.depth + 1 : 1;
    const one: Draft = { id: drafts.length, at, parent, depth, beams: [], cases: [], cut: [], children: [], colour: 0 };
    drafts.push(one);
    return one;
  };
  const drafts: Draft[] = [];
  const root = draft(host.at, undefined);
  root.beams = [{ by: rules.all, position: 0, values }];
  for (const here of drafts) spread(here, rules, draft);
  const colours = paint(root, 0);

  const cases = drafts.map((): PossibleCopy['cases'][number][] => []);
  const copies: PossibleCopy[] = [];
  for (const { id, at, parent, beams, cut, colour } of drafts) {
    const positions = [...new Set(beams.map(({ position }) => position))];
    copies.push({ id, at, parent: parent && copies[parent.id], positions, cases: cases[id]!, cut, colour });
  }
  for (const [id, own] of cases.entries())
    for (const { rule, next } of drafts[id]!.cases) own.push({ rule, next: next.map((one) => one && copies[one.id]) });
  return { host, copies, colours };
}

/** Finds the rules that the packets of a copy meet, and the copies that they lead to. */
function spread(
  here: Draft,
  { hops, all, mixed, maxHops }: SkeletonRules,
  draft: (at: Location, parent: Draft) => Draft,
): void {
  const met = new Map<HopRule, Beam[]>();
  for (const beam of here.beams) {
    let left: readonly Beam[] = [beam];
    for (const rule of hops.rulesFor(here.at, beam.position)) {
      const matched = left.flatMap((one) => intersect(one, rule) ?? []);
      if (matched.length === 0) continue;
      met.set(rule, [...(met.get(rule) ?? []), ...matched]);
      left = left.flatMap((one) => subtract(one, rule));
    }
  }
  const slots = new Map<string, Draft>();
  for (const [rule, beams] of [...met].sort(([a], [b]) => a.rank - b.rank)) {
    if (here.depth >= maxHops && rule.outputs.some(({ to }) => to)) {
      here.cut.push(rule);
      continue;
    }
    const used = new Map<number, number>();
    const next = rule.outputs.map((output) => {
      if (!output.to) return undefined;
      const nth = used.get(output.port) ?? 0;
      used.set(output.port, nth + 1);
      const key = `${output.port}|${nth}`;
      const child = slots.get(key) ?? draft(output.to, here);
      slots.set(key, child);
      for (const beam of beams) {
        const there = transformed(beam, output);
        child.beams = withBeam(child.beams, mixed ? { ...there, by: all } : there);
      }
      if (child.beams.length > maxBeams) throw new LimitReached(`more than ${maxBeams} sets of headers at one hop`);
      return child;
    });
    here.cases.push({ rule, next });
  }
  here.children = [...slots.values()];
}

/** Gives colours from `first` on to a copy and all that it leads to; returns the first colour that is free again. */
function paint(here: Draft, first: number): number {
  here.colour = first;
  let end = first + 1;
  const ends = new Map<Draft, number>();
  for (const child of here.children) {
    const together = here.cases.flatMap(({ next }) => (next.includes(child) ? next : []));
    const start = greatest(
      together.map((other) => (other && ends.get(other)) ?? 0),
      first + 1,
    );
    ends.set(child, paint(child, start));
    end = Math.max(end, ends.get(child)!);
  }
  return end;
}
