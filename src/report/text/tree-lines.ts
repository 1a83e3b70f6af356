import type { ShownTree } from '../../execution/execution.js';

/** A tree of hops, one a line, below what sends it there. */
export function linesOfTree(tree: ShownTree, margin: string): string[] {
  const { kind, at, headers, next } = tree;
  const values = Object.entries(headers).map(([name, value]) => `${name}=${value}`);
  const shown = `${kind === 'exit' ? 'leaves at' : 'at'} ${at}${values.length > 0 ? ` with ${values.join(', ')}` : ''}`;
  const dropped = kind === 'hop' && next.length === 0 ? ', dropped there' : '';
  return [`${margin}${shown}${dropped}`, ...next.flatMap((child) => linesOfTree(child, `${margin}  `))];
}
