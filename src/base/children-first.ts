/**
 * Finishes an item and all that it rests on, each once and after its children: what a recursion would do, without a
 * call for each level, for packets may go further than the stack is deep.
 * @param childrenOf asked once of each item, when it is come upon; the items must not rest on each other in a circle
 * @param isDone whether an item has been finished already, today or before
 */
export function childrenFirst<Item>(
  root: Item,
  childrenOf: (item: Item) => readonly Item[],
  isDone: (item: Item) => boolean,
  finish: (item: Item) => void,
): void {
  const way: { readonly item: Item; readonly children: readonly Item[]; next: number }[] = [];
  const enter = (item: Item): void => {
    if (!isDone(item)) way.push({ item, children: childrenOf(item), next: 0 });
  };
  enter(root);
  for (let here = way[way.length - 1]; here; here = way[way.length - 1]) {
    if (here.next < here.children.length) enter(here.children[here.next++]!);
    else {
      way.pop();
      finish(here.item);
    }
  }
}
