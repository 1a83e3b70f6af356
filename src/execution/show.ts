import { type EventSet, members } from '../events/event-set.js';
import type { Field, Headers, ShownHeaders } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';
import type { ShownEventSet, ShownLocation } from './execution.js';

/** An event-set as the JSON writes it. */
export const showSet = (set: EventSet): ShownEventSet => members(set);

/** The location that the JSON writes as `switch:port`, or undefined if the text is none. */
export function readLocation(text: ShownLocation): Location | undefined {
  const match = /^(\d+):(\d+)$/.exec(text);
  return match ? { switch: Number(match[1]), port: Number(match[2]) } : undefined;
}

/**
 * The headers that the JSON writes by name and value, or what is wrong with them. Every field must have a value of its
 * domain.
 */
export function readHeaders(fields: readonly Field[], shown: ShownHeaders): Headers | { readonly wrong: string } {
  const unknown = Object.keys(shown).find((name) => fields.every((field) => field.name !== name));
  if (unknown !== undefined) return { wrong: `the program has no field ${unknown}` };
  const headers: number[] = [];
  for (const { name, domain } of fields) {
    const value = shown[name];
    if (value === undefined) return { wrong: `the field ${name} has no value` };
    const index = domain.indexOf(value);
    if (index < 0) return { wrong: `${value} is not in the domain of ${name}, which is ${domain.join(', ')}` };
    headers.push(index);
  }
  return headers;
}
