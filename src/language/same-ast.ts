import type { Ast } from './ast.js';

/**
 * Whether two programs have the same syntax: the same declarations in the same order and the same policy, node for
 * node, whatever their places in the text. Printing and parsing keep this. Comments, layout, parentheses, and which of
 * two spellings was used are not part of an AST.
 */
export const sameAst = (a: Ast, b: Ast): boolean => sameTree(a, b);

function sameTree(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((element, i) => sameTree(element, b[i]));
  }
  const keys = significantKeys(a);
  if (keys.length !== significantKeys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameTree(Reflect.get(a, key), Reflect.get(b, key)));
}

/** The keys that count; a key whose value is undefined counts as absent. */
const significantKeys = (node: object): readonly string[] =>
  Object.keys(node).filter((key) => key !== 'span' && Reflect.get(node, key) !== undefined);
