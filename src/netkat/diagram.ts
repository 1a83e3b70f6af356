import { checkTime, LimitReached, type Limits } from '../base/limits.js';

/**
 * A diagram, as a number that has a meaning only within its store: diagrams of equal functions of packets have equal
 * numbers.
 */
export type Diagram = number;

/** An inner node: `field = value ? yes : no`. */
export interface Branch {
  readonly field: number;
  readonly value: number;
  readonly yes: Diagram;
  readonly no: Diagram;
}

/**
 * What is computed of a diagram from its leaves up, each node once. Into `yes` it goes by a call, of which there is one
 * for each field; along `no`, where a field may be tested for all values of its domain, in a loop.
 * @param end the result where it goes no further, at the leaves at least; undefined where it goes on
 */
export function fromLeaves<Result>(
  branch: (diagram: Diagram) => Branch | undefined,
  known: Map<Diagram, Result>,
  end: (diagram: Diagram) => Result | undefined,
  inner: (branch: Branch, yes: Result, no: Result) => Result,
): (diagram: Diagram) => Result {
  const visit = (diagram: Diagram): Result => {
    const above: { readonly diagram: Diagram; readonly branch: Branch; readonly yes: Result }[] = [];
    let at = diagram;
    let result = known.get(at);
    while (result === undefined) {
      result = end(at);
      if (result !== undefined) {
        known.set(at, result);
        break;
      }
      const b = branch(at)!;
      above.push({ diagram: at, branch: b, yes: visit(b.yes) });
      at = b.no;
      result = known.get(at);
    }
    for (let node = above.pop(); node; node = above.pop()) {
      result = inner(node.branch, node.yes, result);
      known.set(node.diagram, result);
    }
    return result;
  };
  return visit;
}

/** A program is too large to compile if it needs more diagrams than this in one store. */
export const maxDiagrams = 1_000_000;

/** The clock is looked at once whenever this many nodes have been added. */
const timeEvery = 1_024;

/** The nodes of a store, by their numbers: one for each leaf, and for each test over the same two diagrams. */
export interface DiagramNodes<Leaf> {
  /** For each diagram its inner node, or undefined for a leaf. */
  readonly branches: readonly (Branch | undefined)[];
  /** For each leaf its content; for an inner node that of some leaf. */
  readonly leafs: readonly Leaf[];
  readonly leaf: (content: Leaf) => Diagram;
  /** A node over two diagrams whose tests all come later in the order. */
  readonly node: (field: number, value: number, yes: Diagram, no: Diagram) => Diagram;
  /**
   * What is left of a diagram if the test `field = value` succeeds, and if it fails; the diagram's first test is not
   * before this one. Constant time.
   */
  readonly whereYes: (d: Diagram, field: number, value: number) => Diagram;
  readonly whereNo: (d: Diagram, field: number, value: number) => Diagram;
  /** Where a diagram that tests a field first leads if the field has a value: past all its tests of the field. */
  readonly past: (d: Diagram, field: number, value: number) => Diagram;
}

/** No nodes yet. @param keyOf gives equal leaves equal texts, and others different ones @throws LimitReached */
export function diagramNodes<Leaf>(
  keyOf: (leaf: Leaf) => string,
  limits: Pick<Limits, 'deadline'>,
): DiagramNodes<Leaf> {
  const branches: (Branch | undefined)[] = [];
  const leafs: Leaf[] = [];
  /** For each node, the diagram to which all failing tests of the node's field lead. */
  const ends: Diagram[] = [];
  const leafIds = new Map<string, Diagram>();
  const branchIds = new Map<string, Diagram>();

  const add = (branch: Branch | undefined, leaf: Leaf): Diagram => {
    if (branches.length >= maxDiagrams) throw new LimitReached(`more than ${maxDiagrams} nodes of decision diagrams`);
    if (branches.length % timeEvery === 0) checkTime(limits);
    leafs.push(leaf);
    ends.push(branch ? elsewhere(branch.no, branch.field) : branches.length);
    return branches.push(branch) - 1;
  };

  const leaf = (content: Leaf): Diagram => {
    const key = keyOf(content);
    const found = leafIds.get(key);
    if (found !== undefined) return found;
    const id = add(undefined, content);
    leafIds.set(key, id);
    return id;
  };

  /** The diagram that is left if the field has none of the values for which this diagram tests it. Constant time. */
  const elsewhere = (d: Diagram, field: number): Diagram => (branches[d]?.field === field ? ends[d]! : d);

  const node = (field: number, value: number, yes: Diagram, no: Diagram): Diagram => {
    if (yes === elsewhere(no, field)) return no;
    const key = `${field},${value},${yes},${no}`;
    const found = branchIds.get(key);
    if (found !== undefined) return found;
    const id = add({ field, value, yes, no }, leafs[yes]!);
    branchIds.set(key, id);
    return id;
  };

  const whereYes = (d: Diagram, field: number, value: number): Diagram => {
    const b = branches[d];
    if (b?.field !== field) return d;
    return b.value === value ? b.yes : ends[d]!;
  };
  const whereNo = (d: Diagram, field: number, value: number): Diagram => {
    const b = branches[d];
    return b?.field === field && b.value === value ? b.no : d;
  };

  const past = (d: Diagram, field: number, value: number): Diagram => {
    for (let at = d; ; ) {
      const b = branches[at];
      if (b?.field !== field) return at;
      if (b.value >= value) return b.value === value ? b.yes : ends[at]!;
      at = b.no;
    }
  };

  return { branches, leafs, leaf, node, whereYes, whereNo, past };
}

/** The branch whose test comes first. */
export const firstTest = (a: Branch | undefined, b: Branch | undefined): Branch | undefined => {
  if (!a || !b) return a ?? b;
  return (a.field - b.field || a.value - b.value) <= 0 ? a : b;
};
