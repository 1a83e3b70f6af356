import type { ShownEventSet } from '../../execution/execution.js';
import type { ShownHeaders } from '../../netkat/fields.js';

/** An event-set by the names of its events; runs of four or more are drawn together. */
export function setLabel(set: ShownEventSet): string {
  const runs: [number, number][] = [];
  for (const id of set) {
    const last = runs[runs.length - 1];
    if (last && last[1] === id - 1) last[1] = id;
    else runs.push([id, id]);
  }
  const shown = runs.flatMap(([from, to]) =>
    to - from < 3 ? Array.from({ length: to - from + 1 }, (_, i) => `e${from + i}`) : [`e${from}…e${to}`],
  );
  return `{${shown.join(', ')}}`;
}

/** `ip_dst=H4, vlan_id=1`; a dash for packets without fields. */
export const headersName = (headers: ShownHeaders): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ') || '–';

export const isSameSet = (a: ShownEventSet, b: ShownEventSet): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i]);

/** How many colours there are for packets and for event-sets; each also has its name written beside it. */
const packetColours = 6;
const setColours = 8;

export const packetClass = (packet: number): string => `p${packet % packetColours}`;

/** The class of an event-set: `k0` for the empty one, the same for sets that are not listed as for none. */
export function setClass(eventSets: readonly ShownEventSet[], set: ShownEventSet): string {
  if (set.length === 0) return 'k0';
  const index = eventSets.findIndex((other) => isSameSet(other, set));
  return index < 0 ? 'kx' : `k${1 + ((index - 1) % (setColours - 1))}`;
}
