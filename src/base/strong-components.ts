/** A node on the way to the one that is looked at, and how many of its successors have been seen to. */
interface Open {
  readonly node: number;
  next: number;
}

/**
 * The strongly connected components of a graph, each before those that lead to it (Tarjan 1972). The way to a node is a
 * list and not a chain of calls, for graphs of programs are deeper than the stack.
 * @param successors by node, from 0
 */
export function strongComponents(successors: readonly (readonly number[])[]): number[][] {
  const components: number[][] = [];
  const index = new Int32Array(successors.length).fill(-1);
  const low = new Int32Array(successors.length);
  const isWaiting = new Uint8Array(successors.length);
  const waiting: number[] = [];
  const way: Open[] = [];
  let visited = 0;
  const enter = (node: number): void => {
    index[node] = visited;
    low[node] = visited++;
    isWaiting[node] = 1;
    waiting.push(node);
    way.push({ node, next: 0 });
  };
  const leave = (node: number): void => {
    if (low[node] !== index[node]) return;
    const component: number[] = [];
    for (let member = -1; member !== node; ) {
      member = waiting.pop()!;
      isWaiting[member] = 0;
      component.push(member);
    }
    components.push(component);
  };

  for (const root of successors.keys()) {
    if (index[root] !== -1) continue;
    enter(root);
    for (let here = way[way.length - 1]; here; here = way[way.length - 1]) {
      const { node } = here;
      const successor = successors[node]![here.next++];
      if (successor === undefined) {
        way.pop();
        leave(node);
        const before = way[way.length - 1];
        if (before) low[before.node] = Math.min(low[before.node]!, low[node]!);
      } else if (index[successor] === -1) enter(successor);
      else if (isWaiting[successor]) low[node] = Math.min(low[node]!, index[successor]!);
    }
  }
  return components;
}
