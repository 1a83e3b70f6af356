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
 * Hash-consed decision diagrams over ordered fields (Smolka et al., "A Fast Compiler for NetKAT", ICFP 2015, §3): along
 * every path the fields ascend, and so do the values for which one field is tested; of these tests at most the last
 * succeeds.
 *
 * A field may have an *implied* value: the one that is left when all others of its domain have been excluded. No test
 * ever asks for it. This makes diagrams canonical, and no test asks for a value that no rule could match (`other`, spec
 * 1.2).
 */
export interface Diagrams<Leaf> {
  readonly leaf: (leaf: Leaf) => Diagram;
  /** The inner node, or undefined for a leaf. */
  readonly branch: (diagram: Diagram) => Branch | undefined;
  readonly leafOf: (diagram: Diagram) => Leaf;
  /** `field = value ? yes : no`; the two diagrams may test any fields, earlier ones too. */
  readonly choose: (field: number, value: number, yes: Diagram, no: Diagram) => Diagram;
  /** What the diagram is when a field is known to have this value: it no longer tests the field. */
  readonly assume: (diagram: Diagram, field: number, value: number) => Diagram;
  /** Combines two diagrams leaf by leaf; results are remembered. */
  readonly binary: (combine: (a: Leaf, b: Leaf) => Leaf) => (a: Diagram, b: Diagram) => Diagram;
  /** Puts a diagram in the place of each leaf; the diagrams of `into` may test any field. Results are remembered. */
  readonly graft: (into: (leaf: Leaf) => Diagram) => (diagram: Diagram) => Diagram;
  /** Every leaf that the diagram can come to. */
  readonly leaves: (diagram: Diagram) => readonly Leaf[];
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

/**
 * The finite domain `0 … size - 1` of a field, and its implied value: the one that the field has if it has no other.
 */
export interface DiagramField {
  readonly size: number;
  readonly implied: number;
}

/** A program is too large to compile if it needs more diagrams than this in one store. */
const maxDiagrams = 1_000_000;

/** The clock is looked at once whenever this many nodes have been added. */
const timeEvery = 1_024;

/**
 * A store of diagrams.
 * @param domains the domain of each field; undefined if any number may be its value
 * @param keyOf gives equal leaves equal texts, and others different ones @throws LimitReached
 */
export function diagrams<Leaf>(
  domains: readonly (DiagramField | undefined)[],
  keyOf: (leaf: Leaf) => string,
  limits: Pick<Limits, 'deadline'>,
): Diagrams<Leaf> {
  const branches: (Branch | undefined)[] = [];
  const leafs: Leaf[] = [];
  /** For each node, the diagram to which all failing tests of the node's field lead. */
  const ends: Diagram[] = [];
  const leafIds = new Map<string, Diagram>();
  const branchIds = new Map<string, Diagram>();
  const chosen = new Map<string, Diagram>();

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

  /** A node over two diagrams whose tests all come later in the order. */
  const node = (field: number, value: number, yes: Diagram, no: Diagram): Diagram => {
    if (yes === elsewhere(no, field)) return no;
    const key = `${field},${value},${yes},${no}`;
    const found = branchIds.get(key);
    if (found !== undefined) return found;
    const id = add({ field, value, yes, no }, leafs[yes]!);
    branchIds.set(key, id);
    return id;
  };

  /**
   * What is left of a diagram if the test `field = value` succeeds, and if it fails; the diagram's first test is not
   * before this one.
   */
  const whereYes = (d: Diagram, field: number, value: number): Diagram => {
    const b = branches[d];
    if (b?.field !== field) return d;
    return b.value === value ? b.yes : ends[d]!;
  };
  const whereNo = (d: Diagram, field: number, value: number): Diagram => {
    const b = branches[d];
    return b?.field === field && b.value === value ? b.no : d;
  };

  const first = (a: Branch | undefined, b: Branch | undefined): Branch | undefined => {
    if (!a || !b) return a ?? b;
    return (a.field - b.field || a.value - b.value) <= 0 ? a : b;
  };

  const choose = (field: number, value: number, yes: Diagram, no: Diagram): Diagram => {
    if (yes === no) return yes;
    const domain = domains[field];
    if (domain?.implied === value) {
      let rest = assume(yes, field, value);
      for (let v = domain.size - 1; v >= 0; v--) if (v !== value) rest = choose(field, v, no, rest);
      return rest;
    }
    // Along the tests that come before this one and fail, in a loop: there may be as many as a domain has values.
    const above: { readonly key: string; readonly field: number; readonly value: number; readonly yes: Diagram }[] = [];
    let [then, otherwise] = [yes, no];
    let id: Diagram | undefined;
    while (id === undefined) {
      const key = `${field},${value},${then},${otherwise}`;
      const top = first(branches[then], branches[otherwise]);
      if (then === otherwise) id = then;
      else if (chosen.has(key)) id = chosen.get(key)!;
      else if (!top || (top.field - field || top.value - value) >= 0) {
        id = node(field, value, whereYes(then, field, value), whereNo(otherwise, field, value));
        chosen.set(key, id);
      } else {
        const { field: f, value: v } = top;
        const noThere = whereYes(otherwise, f, v);
        const there = f === field ? noThere : choose(field, value, whereYes(then, f, v), noThere);
        above.push({ key, field: f, value: v, yes: there });
        [then, otherwise] = [whereNo(then, f, v), whereNo(otherwise, f, v)];
      }
    }
    for (let test = above.pop(); test; test = above.pop()) {
      id = node(test.field, test.value, test.yes, id);
      chosen.set(test.key, id);
    }
    return id;
  };

  const assumed = new Map<string, (d: Diagram) => Diagram>();
  const assume = (d: Diagram, field: number, value: number): Diagram => {
    const top = branches[d];
    if (!top || top.field > field) return d;
    const key = `${field},${value}`;
    const found = assumed.get(key) ?? assuming(field, value);
    assumed.set(key, found);
    return found(d);
  };
  const assuming = (field: number, value: number): ((d: Diagram) => Diagram) =>
    fromLeaves<Diagram>(
      (at) => branches[at],
      new Map(),
      (at) => {
        const b = branches[at];
        if (!b || b.field > field) return at;
        return b.field === field ? where(at, field, value) : undefined;
      },
      (b, yes, no) => node(b.field, b.value, yes, no),
    );
  /** Where a diagram that tests a field first leads if the field has a value. */
  const where = (d: Diagram, field: number, value: number): Diagram => {
    for (let at = d; ; ) {
      const b = branches[at];
      if (b?.field !== field) return at;
      if (b.value >= value) return b.value === value ? b.yes : ends[at]!;
      at = b.no;
    }
  };

  const binary = (combine: (a: Leaf, b: Leaf) => Leaf) => {
    const known = new Map<number, Diagram>();
    const apply = (a: Diagram, b: Diagram): Diagram => {
      const above: { readonly key: number; readonly field: number; readonly value: number; readonly yes: Diagram }[] =
        [];
      let [left, right] = [a, b];
      let id: Diagram | undefined;
      for (;;) {
        const key = left * maxDiagrams + right;
        id = known.get(key);
        if (id !== undefined) break;
        const top = first(branches[left], branches[right]);
        if (!top) {
          id = leaf(combine(leafs[left]!, leafs[right]!));
          known.set(key, id);
          break;
        }
        const { field, value } = top;
        const yes = apply(whereYes(left, field, value), whereYes(right, field, value));
        above.push({ key, field, value, yes });
        [left, right] = [whereNo(left, field, value), whereNo(right, field, value)];
      }
      for (let test = above.pop(); test; test = above.pop()) {
        id = node(test.field, test.value, test.yes, id);
        known.set(test.key, id);
      }
      return id;
    };
    return apply;
  };

  const graft = (into: (leaf: Leaf) => Diagram) =>
    fromLeaves<Diagram>(
      (d) => branches[d],
      new Map(),
      (d) => (branches[d] ? undefined : into(leafs[d]!)),
      (b, yes, no) => choose(b.field, b.value, yes, no),
    );

  const leaves = (d: Diagram): Leaf[] => {
    const seen = new Set<Diagram>();
    const found: Leaf[] = [];
    const work = [d];
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const b = branches[next];
      if (b) work.push(b.no, b.yes);
      else found.push(leafs[next]!);
    }
    return found;
  };

  return { leaf, branch: (d) => branches[d], leafOf: (d) => leafs[d]!, choose, assume, binary, graft, leaves };
}
