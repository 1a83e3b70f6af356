import type { Limits } from '../base/limits.js';
import {
  type Branch,
  type Diagram,
  type DiagramNodes,
  diagramNodes,
  firstTest,
  fromLeaves,
  maxDiagrams,
} from './diagram.js';

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
 * The finite domain `0 … size - 1` of a field, and its implied value: the one that the field has if it has no other.
 */
export interface DiagramField {
  readonly size: number;
  readonly implied: number;
}

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
  const nodes = diagramNodes(keyOf, limits);
  const { branches, leafs, leaf } = nodes;
  const assume = assumingOver(nodes);
  const choose = choosingOver(nodes, domains, assume);
  return {
    leaf,
    branch: (d) => branches[d],
    leafOf: (d) => leafs[d]!,
    choose,
    assume,
    binary: (combine) => combiningOver(nodes, combine),
    graft: (into) =>
      fromLeaves<Diagram>(
        (d) => branches[d],
        new Map(),
        (d) => (branches[d] ? undefined : into(leafs[d]!)),
        (b, yes, no) => choose(b.field, b.value, yes, no),
      ),
    leaves: (d) => leavesOf(nodes, d),
  };
}

/** `assume`, whose results are remembered for each value of each field. */
function assumingOver<Leaf>({ branches, node, past }: DiagramNodes<Leaf>): Diagrams<Leaf>['assume'] {
  const assumed = new Map<string, (d: Diagram) => Diagram>();
  const assuming = (field: number, value: number): ((d: Diagram) => Diagram) =>
    fromLeaves<Diagram>(
      (at) => branches[at],
      new Map(),
      (at) => {
        const b = branches[at];
        if (!b || b.field > field) return at;
        return b.field === field ? past(at, field, value) : undefined;
      },
      (b, yes, no) => node(b.field, b.value, yes, no),
    );
  return (d, field, value) => {
    const top = branches[d];
    if (!top || top.field > field) return d;
    const key = `${field},${value}`;
    const found = assumed.get(key) ?? assuming(field, value);
    assumed.set(key, found);
    return found(d);
  };
}

/** A test on the way along failing tests, with what it leads to where it succeeds; and the key of its result. */
interface Above<Key> {
  readonly key: Key;
  readonly field: number;
  readonly value: number;
  readonly yes: Diagram;
}

/** `choose`, whose results are remembered. */
function choosingOver<Leaf>(
  { branches, node, whereYes, whereNo }: DiagramNodes<Leaf>,
  domains: readonly (DiagramField | undefined)[],
  assume: Diagrams<Leaf>['assume'],
): Diagrams<Leaf>['choose'] {
  const chosen = new Map<string, Diagram>();
  const choose = (field: number, value: number, yes: Diagram, no: Diagram): Diagram => {
    if (yes === no) return yes;
    const domain = domains[field];
    if (domain?.implied === value) {
      let rest = assume(yes, field, value);
      for (let v = domain.size - 1; v >= 0; v--) if (v !== value) rest = choose(field, v, no, rest);
      return rest;
    }
    // Along the tests that come before this one and fail, in a loop: there may be as many as a domain has values.
    const above: Above<string>[] = [];
    let [then, otherwise] = [yes, no];
    let id: Diagram | undefined;
    while (id === undefined) {
      const key = `${field},${value},${then},${otherwise}`;
      const top = firstTest(branches[then], branches[otherwise]);
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
  return choose;
}

/** What `binary` gives for one way to combine leaves. */
function combiningOver<Leaf>(
  { branches, leafs, leaf, node, whereYes, whereNo }: DiagramNodes<Leaf>,
  combine: (a: Leaf, b: Leaf) => Leaf,
): (a: Diagram, b: Diagram) => Diagram {
  const known = new Map<number, Diagram>();
  const apply = (a: Diagram, b: Diagram): Diagram => {
    const above: Above<number>[] = [];
    let [left, right] = [a, b];
    let id: Diagram | undefined;
    for (;;) {
      const key = left * maxDiagrams + right;
      id = known.get(key);
      if (id !== undefined) break;
      const top = firstTest(branches[left], branches[right]);
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
}

/** Every leaf that a diagram can come to. */
function leavesOf<Leaf>({ branches, leafs }: DiagramNodes<Leaf>, d: Diagram): Leaf[] {
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
}
