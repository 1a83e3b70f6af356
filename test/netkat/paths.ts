import type { TreeId, TreeTable } from '../../src/netkat/tree.js';
import { type Hop, showHop, showPath } from './evaluate.js';

/** The root-to-exit paths of a tree, and the root-to-hop paths, as `evaluate.ts` shows histories; sorted. */
export function pathsOf(table: TreeTable, tree: TreeId): { readonly exits: string[]; readonly hops: string[] } {
  const exits: string[] = [];
  const hops: string[] = [];
  const visit = (id: TreeId, above: readonly Hop[]) => {
    const node = table.node(id);
    if (node.kind === 'exit') {
      exits.push(`${showPath(above)} => ${showHop(node)}`);
      return;
    }
    const here = [...above, node];
    hops.push(showPath(here));
    for (const next of node.next) visit(next, here);
  };
  visit(tree, []);
  return { exits: exits.sort(), hops: hops.sort() };
}
