import type { HopOutput, HopRule } from './hops.js';

/**
 * Packets in one position, as bit masks: those treated by one of some event-sets, each of whose fields has one of some
 * values.
 */
export interface Beam {
  readonly by: bigint;
  readonly position: number;
  readonly values: readonly bigint[];
}

const bit = (value: number): bigint => 1n << BigInt(value);

/** The packets of a beam that a rule matches; undefined if there are none. */
export function intersect(beam: Beam, rule: HopRule): Beam | undefined {
  const by = beam.by & rule.by;
  const values = beam.values.map((mask, f) => (rule.headers[f] === undefined ? mask : mask & bit(rule.headers[f])));
  const isEmpty = by === 0n || values.includes(0n) || (rule.position !== undefined && rule.position !== beam.position);
  return isEmpty ? undefined : { by, position: beam.position, values };
}

/** The packets of a beam that a rule does not match, as beams that do not overlap. */
export function subtract(beam: Beam, rule: HopRule): Beam[] {
  const common = intersect(beam, rule);
  if (!common) return [beam];
  const left: Beam[] = [];
  const by = beam.by & ~rule.by;
  if (by !== 0n) left.push({ ...beam, by });
  let rest: Beam = { ...beam, by: common.by };
  for (const [f, mask] of rest.values.entries()) {
    const others = mask & ~common.values[f]!;
    if (others !== 0n) left.push({ ...rest, values: rest.values.with(f, others) });
    rest = { ...rest, values: rest.values.with(f, common.values[f]!) };
  }
  return left;
}

/** The copies that a rule sends on when it takes the packets of a beam. */
export const transformed = (beam: Beam, { sets, position }: HopOutput): Beam => ({
  by: beam.by,
  position,
  values: sets.reduce((values, [f, v]) => values.with(f, bit(v)), beam.values),
});

const isWithin = (a: Beam, b: Beam): boolean =>
  a.position === b.position && (a.by & ~b.by) === 0n && a.values.every((mask, f) => (mask & ~b.values[f]!) === 0n);

/** Adds a beam to others, unless they have it already. */
export const withBeam = (beams: readonly Beam[], beam: Beam): readonly Beam[] =>
  beams.some((other) => isWithin(beam, other)) ? beams : [...beams.filter((other) => !isWithin(other, beam)), beam];
