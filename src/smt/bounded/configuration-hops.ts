import type { Limits } from '../../base/limits.js';
import { singleton } from '../../events/event-set.js';
import type { EventStructure } from '../../events/event-structure.js';
import type { TransitionSystem } from '../../events/transition-system.js';
import type { Program } from '../../language/program.js';
import { entry, type Output, type Position } from '../../netkat/configuration.js';
import { type Headers, undetermined } from '../../netkat/fields.js';
import { splitPackets } from '../../netkat/ingress.js';
import type { Location } from '../../netkat/policy.js';
import { showLocation } from '../../netkat/topology.js';
import type { HopOutput, HopRule, HopRules } from './hops.js';

/**
 * The configurations of all event-sets as rules (spec 1.4): for `figure6`, `two-phase` and `best-effort`, which are not
 * compiled. Rules for one event-set and position do not overlap, and match every packet.
 */
export function configurationHops(
  program: Program,
  system: TransitionSystem,
  structure: EventStructure,
  limits: Limits,
): HopRules {
  const positions: Position[] = [entry];
  const numbers = new Map<string, number>([[String(entry), 0]]);
  const numberOf = (position: Position): number => {
    const key = String(position);
    const known = numbers.get(key) ?? positions.push(position) - 1;
    numbers.set(key, known);
    return known;
  };
  const usersOf = new Map<number, bigint>();
  for (const [i, state] of structure.stateOf.entries()) usersOf.set(state, (usersOf.get(state) ?? 0n) | singleton(i));

  const rules = (at: Location, position: number): HopRule[] => {
    const found = new Map<string, HopRule>();
    for (const [state, by] of usersOf) {
      const hop = (headers: Headers) => system.configurations[state]!.hop(headers, at, positions[position]!);
      const settled = splitPackets(program.fields, limits, (headers) => {
        const result = hop(headers);
        return result.kind === 'needs' ? result.field : undefined;
      });
      for (const headers of settled) {
        const result = hop(headers);
        if (result.kind === 'needs') throw new Error('settled headers need no field');
        const outputs = result.outputs.map((output) => outputOf(output, headers, numberOf));
        const key = JSON.stringify([headers, outputs]);
        const before = found.get(key);
        const required = headers.map((value) => (value === undetermined ? undefined : value));
        found.set(key, { by: by | (before?.by ?? 0n), position, headers: required, outputs, rank: 0 });
      }
    }
    return [...found.values()];
  };

  const memo = new Map<string, readonly HopRule[]>();
  return {
    rulesFor: (at, position) => {
      const key = `${showLocation(at)}|${position}`;
      const known = memo.get(key) ?? rules(at, position);
      memo.set(key, known);
      return known;
    },
  };
}

const outputOf = (
  { headers: leaving, port, to, position, finished }: Output,
  headers: Headers,
  numberOf: (position: Position) => number,
): HopOutput => ({
  port,
  sets: leaving.flatMap((value, f) => (value === headers[f] ? [] : [[f, value] as const])),
  to,
  position: to ? numberOf(position) : 0,
  finished,
});
