import { type Conjunction, showConjunction } from '../../reach/conditions.js';
import type { Reached } from '../../reach/shown.js';

/** More than this of one pair of hosts are counted, not shown. */
const maxShown = 4;

/** Which packets reach a host, in words. */
export function whenInWords({ when, complete }: Pick<Reached, 'when' | 'complete'>): string {
  const shown = when.slice(0, maxShown).map(showConjunction);
  const more = when.length - shown.length;
  const rest = complete === false ? ', or others' : more > 0 ? `, or ${more} more` : '';
  return `${shown.join(', or ')}${rest}`;
}

/** What stands for the host's own name in a condition that many pairs of hosts share. */
const roles = { from: '<sender>', to: '<receiver>' } as const;

/** Which packets reach a host, where the two hosts are called by their roles: `ip_dst=<receiver>`. */
export function whenByRoles({ from, to, when, complete }: Reached): string {
  const role = (value: number | string): number | string =>
    value === to ? roles.to : value === from ? roles.from : value;
  const renamed = when.map(
    (conjunction): Conjunction => conjunction.map((one) => ({ ...one, values: one.values.map(role) })),
  );
  return whenInWords({ when: renamed, ...(complete === false ? { complete } : {}) });
}
