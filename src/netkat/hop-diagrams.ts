import type { Limits } from '../base/limits.js';
import type { Diagram } from './diagram.js';
import { type DiagramField, type Diagrams, diagrams } from './diagrams.js';
import { linkTargets } from './link-targets.js';
import type { NetkatAtom, Policy } from './policy.js';

/** In these diagrams field 0 is the packet's port, and header field f is field `f + 1`. */
export const portField = 0;

/**
 * What may become of a packet within one hop: some fields are set, and the packet is then at a link occurrence or at
 * the policy's end.
 */
export interface HopAction {
  /** The fields that are set, as numbers of the diagrams' fields: ascending, each once. */
  readonly sets: readonly (readonly [field: number, value: number])[];
  /**
   * The link occurrence to which the packet has come; undefined if it is still in the middle of the policy, or at its
   * end.
   */
  readonly link: number | undefined;
}

/** The hops of one switch as diagrams whose leaves are sets of actions (Smolka et al. 2015, §3). */
export interface HopDiagrams {
  readonly store: Diagrams<readonly HopAction[]>;
  /**
   * `after.get(q)` is what a packet that has just crossed link occurrence q may do at this switch; q = 0 is the start
   * of the policy. Only link occurrences that lead to this switch are keys.
   */
  readonly after: ReadonlyMap<number, Diagram>;
  readonly union: (a: Diagram, b: Diagram) => Diagram;
  /** The diagram of any policy by itself, whatever may follow it. */
  readonly compile: (policy: Policy<NetkatAtom>) => Diagram;
}

const keyOf = ({ sets, link }: HopAction): string => `${sets.join(';')}|${link ?? ''}`;
const compareKeys = (a: HopAction, b: HopAction): number => (keyOf(a) < keyOf(b) ? -1 : 1);

/** Sets of actions without repetition, in canonical order. */
const actionSet = (actions: readonly HopAction[]): HopAction[] =>
  [...new Map(actions.map((action) => [keyOf(action), action])).values()].sort(compareKeys);

const pass: readonly HopAction[] = [{ sets: [], link: undefined }];

function compose(a: HopAction, b: HopAction): HopAction {
  const sets = new Map([...a.sets, ...b.sets]);
  return { sets: [...sets].sort(([f], [g]) => f - g), link: b.link };
}

type Lazy = () => Diagram;

const lazy = (compute: Lazy): Lazy => {
  let known: Diagram | undefined;
  return () => {
    known ??= compute();
    return known;
  };
};

/**
 * Compiles a policy for one switch: tests of the switch are decided, and links that start at other switches drop the
 * packet. Since a link ends the hop, these diagrams, together with what follows each link occurrence in the policy, are
 * the partial derivatives of spec 1.4.
 * @param domains of the header fields
 */
export function hopDiagrams(
  policy: Policy<NetkatAtom>,
  onSwitch: number,
  domains: readonly (DiagramField | undefined)[],
  limits: Pick<Limits, 'deadline'>,
): HopDiagrams {
  const operations = hopOperations(domains, limits);
  const { store, identity, union } = operations;
  const parts = policyDiagrams(operations, (atom) => atomDiagram(operations, atom, onSwitch));
  const rest: Lazy = () => identity;
  const after = new Map([[0, parts.value(policy, rest)], ...afterLinks(parts, policy, rest, onSwitch)]);
  return { store, after, union, compile: parts.compile };
}

/** What policies are made with, on diagrams of one hop. */
interface HopOperations {
  readonly store: Diagrams<readonly HopAction[]>;
  readonly drop: Diagram;
  readonly identity: Diagram;
  readonly union: (a: Diagram, b: Diagram) => Diagram;
  /** The union of many diagrams, taken in halves, so that a policy of n branches costs n log n. */
  readonly unionOf: (parts: readonly Diagram[]) => Diagram;
  readonly sequence: (a: Diagram, b: Diagram) => Diagram;
  readonly star: (body: Diagram) => Diagram;
}

function hopOperations(
  domains: readonly (DiagramField | undefined)[],
  limits: Pick<Limits, 'deadline'>,
): HopOperations {
  const store = diagrams<readonly HopAction[]>([undefined, ...domains], (leaf) => leaf.map(keyOf).join(' '), limits);
  const drop = store.leaf([]);
  const identity = store.leaf(pass);
  const union = store.binary((a, b) => actionSet([...a, ...b]));

  const unionOf = (parts: readonly Diagram[]): Diagram => {
    if (parts.length <= 1) return parts[0] ?? drop;
    const half = parts.length >> 1;
    return union(unionOf(parts.slice(0, half)), unionOf(parts.slice(half)));
  };

  const grafts = new Map<Diagram, (d: Diagram) => Diagram>();
  const sequence = (a: Diagram, b: Diagram): Diagram => {
    if (a === drop || b === identity) return a;
    if (a === identity) return b;
    const graft = grafts.get(b) ?? store.graft((leaf) => unionOf(leaf.map((action) => follow(action, b))));
    grafts.set(b, graft);
    return graft(a);
  };

  const follows = new Map<string, (d: Diagram) => Diagram>();
  /** A diagram after an action: it need not test the fields that the action has set. */
  const follow = (action: HopAction, d: Diagram): Diagram => {
    if (action.link !== undefined) return store.leaf([action]);
    const known = action.sets.reduce((rest, [field, value]) => store.assume(rest, field, value), d);
    const key = keyOf(action);
    const composed =
      follows.get(key) ?? store.graft((leaf) => store.leaf(actionSet(leaf.map((next) => compose(action, next)))));
    follows.set(key, composed);
    return composed(known);
  };

  const star = (body: Diagram): Diagram => {
    let all = identity;
    for (;;) {
      const more = union(identity, sequence(body, all));
      if (more === all) return all;
      all = more;
    }
  };

  return { store, drop, identity, union, unionOf, sequence, star };
}

/** The diagram of an atom at a switch. */
function atomDiagram({ store, drop, identity }: HopOperations, atom: NetkatAtom, onSwitch: number): Diagram {
  const test = (field: number, value: number, equal: boolean) =>
    store.choose(field, value, equal ? identity : drop, equal ? drop : identity);
  const set = (field: number, value: number) => store.leaf([{ sets: [[field, value]], link: undefined }]);
  switch (atom.kind) {
    case 'test':
      return test(atom.field + 1, atom.value, atom.equal);
    case 'testSwitch':
      return (onSwitch === atom.switch) === atom.equal ? identity : drop;
    case 'testPort':
      return test(portField, atom.port, atom.equal);
    case 'assign':
      return set(atom.field + 1, atom.value);
    case 'assignPort':
      return set(portField, atom.port);
    case 'link': {
      const cross = store.leaf([{ sets: [[portField, atom.from.port]], link: atom.occurrence }]);
      return atom.from.switch === onSwitch ? store.choose(portField, atom.from.port, cross, drop) : drop;
    }
  }
}

/** The diagrams of the parts of a policy. */
interface PolicyDiagrams {
  /**
   * The diagram of `p; then`. `then` is computed only if p neither drops every packet at this switch nor ends its hop.
   */
  readonly value: (p: Policy<NetkatAtom>, then: Lazy) => Diagram;
  /** For each part of a sequence, the diagram of that part and all that follows. */
  readonly suffixes: (parts: readonly Policy<NetkatAtom>[], then: Lazy) => readonly Lazy[];
  /** The diagram of `body*; then`. */
  readonly onward: (body: Policy<NetkatAtom>, then: Lazy) => Diagram;
  /** The diagram of a policy by itself, whatever may follow it. */
  readonly compile: (p: Policy<NetkatAtom>) => Diagram;
}

function policyDiagrams(
  { drop, identity, unionOf, sequence, star }: HopOperations,
  diagramOf: (atom: NetkatAtom) => Diagram,
): PolicyDiagrams {
  const value = (p: Policy<NetkatAtom>, then: Lazy): Diagram => {
    switch (p.kind) {
      case 'atom': {
        const d = diagramOf(p.atom);
        return d === drop || p.atom.kind === 'link' ? d : sequence(d, then());
      }
      case 'sequence':
        return (suffixes(p.parts, then)[0] ?? then)();
      case 'union':
        return unionOf(p.parts.map((part) => value(part, then)).filter((part) => part !== drop));
      case 'star':
        return onward(p.body, then);
    }
  };
  const asked = new Map<Policy<NetkatAtom>, boolean>();
  /** Whether `value` computes what follows p. */
  const asks = (p: Policy<NetkatAtom>): boolean => {
    const known = asked.get(p);
    if (known !== undefined) return known;
    const answer =
      p.kind === 'atom'
        ? p.atom.kind !== 'link' && diagramOf(p.atom) !== drop
        : p.kind === 'star' || (p.kind === 'sequence' ? p.parts.every(asks) : p.parts.some(asks));
    asked.set(p, answer);
    return answer;
  };
  // A backward loop computes them without recursion, since sequences may be long.
  const suffixes = (parts: readonly Policy<NetkatAtom>[], then: Lazy): Lazy[] => {
    const known: (Diagram | undefined)[] = new Array(parts.length);
    const from = (i: number): Diagram => {
      let last = i;
      while (last < parts.length && known[last] === undefined && asks(parts[last]!)) last++;
      let rest = last === parts.length ? then() : (known[last] ?? value(parts[last]!, () => from(last + 1)));
      if (last < parts.length) known[last] = rest;
      for (let j = last - 1; j >= i; j--) {
        const following = rest;
        rest = value(parts[j]!, () => following);
        known[j] = rest;
      }
      return rest;
    };
    return parts.map((_, i) => () => from(i));
  };
  const onward = (body: Policy<NetkatAtom>, then: Lazy): Diagram => sequence(star(compile(body)), then());

  const compiled = new Map<Policy<NetkatAtom>, Diagram>();
  const compile = (p: Policy<NetkatAtom>): Diagram => {
    const found = compiled.get(p) ?? value(p, () => identity);
    compiled.set(p, found);
    return found;
  };

  return { value, suffixes, onward, compile };
}

/** What follows each link occurrence of a policy that leads to a switch, given that `rest` follows the policy. */
function afterLinks(
  { suffixes, onward }: PolicyDiagrams,
  policy: Policy<NetkatAtom>,
  rest: Lazy,
  toSwitch: number,
): Map<number, Diagram> {
  const after = new Map<number, Diagram>();
  const note = (p: Policy<NetkatAtom>, then: Lazy): void => {
    if (!linkTargets(p).has(toSwitch)) return;
    switch (p.kind) {
      case 'atom':
        if (p.atom.kind === 'link') after.set(p.atom.occurrence, then());
        return;
      case 'sequence': {
        const following = suffixes(p.parts, then);
        for (const [i, part] of p.parts.entries()) note(part, following[i + 1] ?? then);
        return;
      }
      case 'union':
        for (const part of p.parts) note(part, then);
        return;
      case 'star':
        note(
          p.body,
          lazy(() => onward(p.body, then)),
        );
        return;
    }
  };
  note(policy, rest);
  return after;
}
