import { checkTime, LimitReached, type Limits } from '../base/limits.js';
import { strongComponents } from '../base/strong-components.js';
import type { Program, StatefulAtom, StateLink, StateTest } from '../language/program.js';
import type { Diagram } from '../netkat/diagram.js';
import { type Diagrams, diagrams } from '../netkat/diagrams.js';
import { type FlowGraph, flowGraph } from '../netkat/flow-graph.js';
import type { Policy } from '../netkat/policy.js';
import { always, conjoin, type Formula, forget, meaning } from './formula.js';

/** In which states the packets of a formula reach a link; formulas that the same packets satisfy are one. */
export interface LinkCondition {
  /** What the formulas have in common (spec 1.5): see `meaning`. */
  readonly meaning: string;
  readonly when: Diagram;
  /** How the formula is written on different ways to the link, each with the states in which it is. */
  readonly spellings: readonly { readonly formula: Formula; readonly when: Diagram }[];
}

/** A link that assigns state, and ⟨p⟩k at that link for all k at once (paper Figure 3; spec 1.5). */
export interface AssigningLink {
  readonly link: StateLink;
  readonly conditions: readonly LinkCondition[];
}

/** The links of a program that assign state, with diagrams over the components of the state, in their order. */
export interface LinkConditions {
  readonly store: Diagrams<boolean>;
  /** For each component the values that it can take: its first one and those assigned, ascending (spec 2.4). */
  readonly values: readonly (readonly number[])[];
  readonly links: readonly AssigningLink[];
}

interface Reached {
  readonly formula: Formula;
  when: Diagram;
  isNew: boolean;
}

/**
 * ⟨p⟩k for all states k at once (paper Figure 3; spec 1.5, 2.4). Since `⟨·⟩` distributes over sets of formulas, this is
 * a search over pairs of a node of the flow graph and a formula that reaches it, with the states in which it does as a
 * decision diagram; iteration ends when no diagram grows. Only the nodes from which a link that assigns state can be
 * reached are looked at, so that wide policies cost nothing where the state cannot change.
 * @throws LimitReached
 */
export function linkConditions(
  { policy, fields, initial }: Pick<Program, 'policy' | 'fields' | 'initial'>,
  limits: Pick<Limits, 'formulas' | 'deadline'>,
): LinkConditions {
  const graph = flowGraph(policy);
  const values = valuesOf(policy, initial);
  const store = diagrams<boolean>(
    values.map(({ length }) => ({ size: length, implied: length - 1 })),
    String,
    limits,
  );
  const [never, whenever] = [store.leaf(false), store.leaf(true)];
  const or = store.binary((a, b) => a || b);
  const and = store.binary((a, b) => a && b);
  const holds = ({ component, equal, value }: StateTest): Diagram => {
    const index = values[component]!.indexOf(value);
    const [yes, no] = equal ? [whenever, never] : [never, whenever];
    return index < 0 ? no : store.choose(component, index, yes, no);
  };

  const leads = leadingToLinks(graph);
  const reached: Map<string, Reached>[] = graph.edges.map(() => new Map());
  const isOpen = graph.edges.map(() => false);
  const reach = (node: number, formula: Formula | undefined, when: Diagram): void => {
    if (!formula || !leads[node] || when === never) return;
    const here = reached[node]!;
    const key = keyOf(formula);
    const found = here.get(key);
    const grown = found ? or(found.when, when) : when;
    if (found?.when === grown) return;
    if (found) {
      found.when = grown;
      found.isNew = true;
    } else here.set(key, { formula, when, isNew: true });
    if (here.size > limits.formulas)
      throw new LimitReached(`more than ${limits.formulas} formulas reach one place of the policy`);
    isOpen[node] = true;
  };

  const atLink = new Map<StateLink, Map<string, { formula: Formula; when: Diagram }>>();
  const pass = (node: number, { formula, when }: Reached): void => {
    for (const { atom, to } of graph.edges[node]!) {
      switch (atom?.kind) {
        case 'test':
          reach(to, conjoin(fields, formula, atom), when);
          break;
        case 'assign':
          reach(to, conjoin(fields, forget(formula, atom.field), { ...atom, equal: true }), when);
          break;
        case 'testState':
          reach(to, formula, and(when, holds(atom)));
          break;
        case 'stateLink': {
          const here = atLink.get(atom) ?? new Map<string, { formula: Formula; when: Diagram }>();
          atLink.set(atom, here);
          const key = keyOf(formula);
          here.set(key, { formula, when: or(here.get(key)?.when ?? never, when) });
          reach(to, formula, when);
          break;
        }
        // `sw`, `pt` and plain links leave φ as it is, as in the paper: formulas are over header fields alone.
        default:
          reach(to, formula, when);
      }
    }
  };

  reach(graph.start, always, whenever);
  // Each node after those that lead to it, as far as there are no loops: then each diagram is final when it is passed
  // on.
  const order = strongComponents(graph.edges.map((edges) => edges.map(({ to }) => to)))
    .reverse()
    .flat();
  for (let again = true; again; ) {
    again = false;
    for (const node of order) {
      if (!isOpen[node]) continue;
      checkTime(limits);
      isOpen[node] = false;
      again = true;
      for (const item of reached[node]!.values()) {
        if (!item.isNew) continue;
        item.isNew = false;
        pass(node, item);
      }
    }
  }

  const links = stateLinks(policy).map((link): AssigningLink => {
    const spellings = [...(atLink.get(link)?.values() ?? [])];
    const anyOf = (conditions: readonly Diagram[]) => conditions.reduce(or, never);
    return { link, conditions: byMeaning(spellings, ({ formula }) => meaning(fields, formula), anyOf) };
  });
  return { store, values, links };
}

/** Formulas that the same packets satisfy, with the states in which any of them is. */
function byMeaning(
  spellings: LinkCondition['spellings'],
  meaningOf: (spelling: LinkCondition['spellings'][number]) => string,
  anyOf: (conditions: readonly Diagram[]) => Diagram,
): LinkCondition[] {
  const groups = new Map<string, LinkCondition['spellings'][number][]>();
  for (const spelling of spellings) {
    const key = meaningOf(spelling);
    const group = groups.get(key);
    if (group) group.push(spelling);
    else groups.set(key, [spelling]);
  }
  return [...groups].map(([key, same]) => ({
    meaning: key,
    when: anyOf(same.map(({ when }) => when)),
    spellings: same,
  }));
}

const keyOf = (formula: Formula): string =>
  formula.map(({ field, equal, value }) => `${field}${equal ? '=' : '!'}${value}`).join();

/** The links that assign state, in the order of their occurrences. */
function stateLinks(policy: Policy<StatefulAtom>): StateLink[] {
  const found: StateLink[] = [];
  const work: Policy<StatefulAtom>[] = [policy];
  for (let p = work.pop(); p; p = work.pop()) {
    if (p.kind === 'star') work.push(p.body);
    else if (p.kind !== 'atom') for (const part of p.parts) work.push(part);
    else if (p.atom.kind === 'stateLink') found.push(p.atom);
  }
  return found.sort((a, b) => a.occurrence - b.occurrence);
}

/** For each component its first value and those that links assign, ascending. */
function valuesOf(policy: Policy<StatefulAtom>, initial: readonly number[]): number[][] {
  const values = initial.map((value) => new Set([value]));
  for (const { assignments } of stateLinks(policy))
    for (const { component, value } of assignments) values[component]!.add(value);
  return values.map((set) => [...set].sort((a, b) => a - b));
}

/** For each node, whether a link that assigns state can be reached from it. */
function leadingToLinks(graph: FlowGraph<StatefulAtom>): boolean[] {
  const before: number[][] = graph.edges.map(() => []);
  const leads = graph.edges.map(() => false);
  const work: number[] = [];
  for (const [node, edges] of graph.edges.entries())
    for (const { atom, to } of edges) {
      before[to]!.push(node);
      if (atom?.kind === 'stateLink' && !leads[node]) {
        leads[node] = true;
        work.push(node);
      }
    }
  for (let node = work.pop(); node !== undefined; node = work.pop())
    for (const earlier of before[node]!)
      if (!leads[earlier]) {
        leads[earlier] = true;
        work.push(earlier);
      }
  return leads;
}

/** Whether a diagram's condition holds of a state, of which only the components for which it asks need be known. */
export function holdsIn(
  { store, values }: LinkConditions,
  when: Diagram,
  state: (component: number) => number,
): boolean {
  let at = when;
  for (let branch = store.branch(at); branch; branch = store.branch(at))
    at = values[branch.field]![branch.value] === state(branch.field) ? branch.yes : branch.no;
  return store.leafOf(at);
}

/** The components on which a condition depends. */
export function dependsOn({ store }: LinkConditions, when: Diagram): ReadonlySet<number> {
  const components = new Set<number>();
  const seen = new Set<Diagram>();
  const work = [when];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    const branch = seen.has(at) ? undefined : store.branch(at);
    seen.add(at);
    if (!branch) continue;
    components.add(branch.field);
    work.push(branch.yes, branch.no);
  }
  return components;
}
