import { type FieldName, fieldFacts, fieldNames } from '../netkat/fields.js';

/** The words that begin a declaration or the policy. `state` also begins a test, so it does not end one. */
export const declarationWords = ['host', 'link', 'field', 'state', 'ordered', 'let', 'property', 'policy'] as const;

/** The words at which a broken expression certainly ends. */
export const boundaryWords: ReadonlySet<string> = new Set(declarationWords.filter((word) => word !== 'state'));

/** The constants in both of their spellings (spec 1.1). */
export const constants: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['id', true],
  ['false', false],
  ['drop', false],
]);

const shortFieldNames: ReadonlyMap<string, string> = new Map([
  ['src', 'ip_src'],
  ['dst', 'ip_dst'],
  ['port', 'pt'],
]);

/** The full name of a field: that of `src` is `ip_src`, that of `port` is `pt`. */
export const fullFieldName = (name: string): string => shortFieldNames.get(name) ?? name;

export const isFieldName = (name: string): name is FieldName => Object.hasOwn(fieldFacts, name);

/** Every name that may be to the left of `=`, including short names, except `state`. */
export const testableNames: readonly string[] = [...fieldNames, 'sw', 'pt', ...shortFieldNames.keys()];

/** Words that cannot name a host or a `let`, since the grammar gives them a meaning. */
export const isReserved = (name: string): boolean =>
  name === '_' || (declarationWords as readonly string[]).includes(name) || constants.has(name);
