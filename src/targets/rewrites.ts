import { type FieldName, fieldNames } from '../netkat/fields.js';
import type { CopyEntry, Deployment } from './deployment.js';

/** An action of the egress: it sets header fields of a copy, and then gives the copy its `pc` or removes its shim. */
export interface RewriteAction {
  readonly name: string;
  readonly kind: 'to_link' | 'to_host';
  /** The fields that are set, in the order of the action's parameters, which follow `pc` if there is one. */
  readonly sets: readonly FieldName[];
}

/** The fields that a copy sets, in the order of `fieldNames`. */
const setFields = ({ sets }: CopyEntry): FieldName[] =>
  sets.map(({ name }) => name).sort((a, b) => fieldNames.indexOf(a) - fieldNames.indexOf(b));

/** The action for a copy, and its parameters. */
export function rewriteOf(copy: CopyEntry): { readonly action: RewriteAction; readonly parameters: readonly number[] } {
  const sets = setFields(copy);
  const kind = copy.pc === undefined ? 'to_host' : 'to_link';
  const values = sets.map((set) => copy.sets.find(({ name }) => name === set)!.number);
  return {
    action: { name: [kind, ...sets].join('_'), kind, sets },
    parameters: copy.pc === undefined ? values : [copy.pc, ...values],
  };
}

/** The actions that the copies of all switches need, by name. */
export function rewriteActions({ switches }: Deployment): RewriteAction[] {
  const copies = switches.flatMap(({ forwarding }) => forwarding.flatMap((rule) => rule.copies));
  const actions = new Map(copies.map((copy) => rewriteOf(copy).action).map((action) => [action.name, action]));
  return [...actions.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
