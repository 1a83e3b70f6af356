import { checkTime, LimitReached, type Limits } from '../../src/base/limits.js';
import { always, conjoin, type Formula, forget } from '../../src/events/formula.js';
import { stateHolds } from '../../src/events/projection.js';
import type { StatefulAtom, StateVector } from '../../src/language/program.js';
import type { Field } from '../../src/netkat/fields.js';
import type { FlowGraph } from '../../src/netkat/flow-graph.js';
import type { Location } from '../../src/netkat/policy.js';

/** `(k, (φ, at), to)`: in state k, a packet that satisfies φ and arrives at `at` changes the state (paper Figure 3). */
export interface EventEdge {
  readonly formula: Formula;
  readonly at: Location;
  readonly to: StateVector;
  /** The link occurrence that assigns the state. */
  readonly occurrence: number;
}

/**
 * The edges of `⟨p⟩k true` (paper Figure 3; spec 1.5). Since `⟨·⟩` distributes over sets of formulas, they are found by
 * a search over pairs of a node of the flow graph and a formula that reaches it; iteration ends when no new pair is
 * found. Edges that leave the state as it is are dropped, unless all are to be kept.
 */
export function eventEdges(
  graph: FlowGraph<StatefulAtom>,
  fields: readonly Field[],
  state: StateVector,
  limits: Pick<Limits, 'formulas' | 'deadline'> & { readonly keepAll?: boolean },
): EventEdge[] {
  const found: EventEdge[] = [];
  const reached = graph.edges.map(() => new Set<string>());
  const work: { node: number; formula: Formula }[] = [];
  const reach = (node: number, formula: Formula | undefined) => {
    if (!formula) return;
    const key = formula.map((l) => `${l.field}${l.equal ? '=' : '!'}${l.value}`).join();
    const here = reached[node]!;
    if (here.has(key)) return;
    here.add(key);
    if (here.size > limits.formulas)
      throw new LimitReached(`more than ${limits.formulas} formulas reach one place of the policy in one state`);
    work.push({ node, formula });
  };

  reach(graph.start, always);
  for (let item = work.pop(); item; item = work.pop()) {
    checkTime(limits);
    const { node, formula } = item;
    for (const { atom, to } of graph.edges[node]!) {
      switch (atom?.kind) {
        case 'test':
          reach(to, conjoin(fields, formula, atom));
          break;
        case 'assign':
          reach(to, conjoin(fields, forget(formula, atom.field), { ...atom, equal: true }));
          break;
        case 'testState':
          if (stateHolds(atom, state)) reach(to, formula);
          break;
        case 'stateLink': {
          const next = [...state];
          for (const { component, value } of atom.assignments) next[component] = value;
          if (limits.keepAll || next.some((value, i) => value !== state[i]))
            found.push({ formula, at: atom.to, to: next, occurrence: atom.occurrence });
          reach(to, formula);
          break;
        }
        // `sw`, `pt` and plain links leave φ as it is, as in the paper: formulas are over header fields alone.
        default:
          reach(to, formula);
      }
    }
  }
  return found;
}
