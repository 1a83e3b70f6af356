import { LimitReached } from '../../base/limits.js';
import { tablesOf } from '../../compiler/artefact.js';
import { compileTables } from '../../compiler/compile.js';
import type { Budget, Engine, Problem } from '../../engines/engine.js';
import type { LimitName, Verdict } from '../../engines/verdict.js';
import { type Witness, witness } from '../../engines/witness.js';
import { type Check, type CheckKind, theorems } from '../../theorems/checks.js';
import type { SolverSession } from '../solver/session.js';
import { and, not, or } from '../solver/term.js';
import { causalGoal } from './causal-goal.js';
import { configurationHops } from './configuration-hops.js';
import { costsOf } from './cost.js';
import { decodeModel, variablesOf } from './decode.js';
import type { ExecutionGoal } from './goal.js';
import { lemma3Goal } from './lemma3-goal.js';
import { variablesIn } from './model.js';
import { type Network, network, type Question } from './network.js';
import { paperGoal } from './paper-goal.js';
import { boundedScript } from './script.js';
import { type Skeleton, skeleton } from './skeleton.js';
import { Stopped, solve } from './solve.js';
import { everyIndex, rulesOfTables } from './table-hops.js';
import { treesOfPackets } from './trees.js';
import { variants } from './variants.js';

/**
 * Executions in which a copy makes more hops than this are not looked at. Only mixed configurations (`best-effort`) can
 * lead so far.
 */
const maxHops = 24;

/**
 * Decides a check by constraints whose models are the executions with so many packets that break it (spec 3, 4), solved
 * by Z3.
 *
 * There is no bound on steps to choose. All that so many packets can ever do is a finite number of possible steps:
 * their INs and the SWs of the copies that they can come to have (`skeleton.ts`), a CTRLSEND before each, a CTRLRECV
 * for each item told (`controller.ts` says why no more are needed); and an execution is a choice of them in an order.
 * So an unsatisfiable answer covers every execution. Where it does not, the verdict is `unknown`: packets may circle in
 * `best-effort` past the bound on hops, loops of states may go on past the bound to which they are unrolled, and time
 * and size have limits.
 */
export function boundedEngine(session: SolverSession): (...asked: Parameters<Engine>) => Promise<Verdict> {
  return async (problem, check, budget) => {
    try {
      const limits = { ...problem.limits, deadline: budget.deadline };
      return await decide({ ...problem, limits }, check, budget, session);
    } catch (error) {
      if (error instanceof LimitReached) return unknown(error.isTime ? 'timeout' : 'size', error.message);
      if (error instanceof Stopped) return unknown(error.limit, error.message);
      throw error;
    }
  };
}

/** This engine visits no states, so it counts none. */
const states = 0;
const unknown = (limit: LimitName, why: string): Verdict => ({ status: 'unknown', states, limit, why });

async function decide(problem: Problem, check: Check, budget: Budget, session: SolverSession): Promise<Verdict> {
  const { structure, options } = problem;
  const searches = searchesOf[check.kind];
  if (!searches) return unknown('size', `${check.name} is not put to the solver yet (--engine explore decides it)`);
  const model = modelOf(problem);
  let isTruncated = false;
  // Fewest packets first, so that the first counterexample found has as few as possible.
  for (let packets = 1; packets <= options.packets; packets++) {
    budget.onProgress?.(states, packets);
    const found: Witness[] = [];
    for (const search of searches({ problem, check, packets, model })) {
      const answer = await run(check, search, session, budget);
      if (answer === 'beyond') isTruncated = true;
      else if (answer !== 'none') found.push(answer);
    }
    const [shortest] = found.sort((a, b) => a.counterexample.steps.length - b.counterexample.steps.length);
    if (!shortest) continue;
    if (shortest.isPastBound) isTruncated = true;
    else return { status: 'violated', states, counterexample: shortest.counterexample };
  }
  if (isTruncated)
    return unknown(
      'unroll',
      `an execution goes past the bound to which loops are unrolled (--unroll ${structure.bound})`,
    );
  if (model.skeletons.some(({ copies }) => copies.some(({ cut }) => cut.length > 0)))
    return unknown('size', `a packet may take more than ${maxHops} hops where configurations mix`);
  return { status: 'holds', states };
}

type Model = Pick<Question, 'tables' | 'skeletons'>;

/**
 * The rules that switches run: of the compiled tables where there are any (`tagged`), else of the configurations.
 * @throws LimitReached
 */
function modelOf(problem: Problem): Model {
  const { program, system, structure, limits, options } = problem;
  const { compiled, mixed } = variants[options.semantics];
  const tables = compiled ? tablesOf(compileTables(problem), { file: '', sha256: '' }) : undefined;
  const hops = tables
    ? rulesOfTables(program, structure, tables)
    : configurationHops(program, system, structure, limits);
  const rules = { hops, all: everyIndex(structure), mixed, maxHops: mixed ? maxHops : Infinity };
  const skeletons = program.topology.hosts.map((host): Skeleton => skeleton(program, host, rules));
  return { tables, skeletons };
}

/** A question, with the goal that is stated about its executions. */
interface Search {
  readonly question: Question;
  readonly goalOf: (network: Network) => ExecutionGoal;
  /** Whether what is found becomes a counterexample only when one more packet enters. */
  readonly enters: boolean;
}

/** A check of executions with exactly so many packets. */
interface Asked {
  readonly problem: Problem;
  readonly check: Check;
  readonly packets: number;
  readonly model: Model;
}

/** What to look for to decide a check of a kind. */
const searchesOf: Readonly<Record<CheckKind, ((asked: Asked) => Search[]) | undefined>> = {
  lemma3: (asked) => [{ question: ofStates(asked), goalOf: (network) => lemma3Goal(network), enters: false }],
  'theorem1.paper': (asked) => theorem1Searches(asked, paperGoal),
  'theorem1.causal': (asked) => theorem1Searches(asked, causalGoal),
  // The solver's rules do not carry yet what a property looks back at.
  strong: undefined,
  property: undefined,
};

/** A question about the last state of executions, complete or not. */
const ofStates = ({ problem, packets, model }: Asked): Question => {
  return { problem, ...model, packets, complete: false, check: theorems.lemma3 };
};

function theorem1Searches(asked: Asked, goal: typeof causalGoal): Search[] {
  const { problem, check, packets } = asked;
  const question = ofStates(asked);
  const complete: Search = {
    question: { ...question, complete: check.needsComplete, check },
    goalOf: (network) => goal(network, treesOfPackets(network)),
    enters: false,
  };
  // An IN at a switch whose E_n is no event-set (spec 4.2, last sentence): the last packet enters there.
  const ingresses = [...new Set(problem.program.topology.hosts.map(({ at }) => at.switch))];
  const undefinedEntry: Search = {
    question: { ...question, packets: packets - 1 },
    goalOf: (network) => lemma3Goal(network, ingresses),
    enters: true,
  };
  return packets > 1 ? [undefinedEntry, complete] : [complete];
}

/**
 * Looks for an execution. Gives `none` if there is none, and `beyond` if there may be one only past the bound on loops.
 */
async function run(
  check: Check,
  search: Search,
  session: SolverSession,
  budget: Budget,
): Promise<Witness | 'none' | 'beyond'> {
  const { question, goalOf, enters } = search;
  const text = boundedScript(question.problem.limits);
  const net = network(text, question);
  const goal = goalOf(net);
  const isBeyond = text.define('beyond', or(net.beyond, goal.beyond));
  const costs = costsOf(net, goal);
  net.steps.order.close();
  const asked = {
    script: text.text(),
    goal: and(goal.violated, not(isBeyond)),
    values: variablesIn([...variablesOf(net, goal), ...costs.map(({ when }) => when)]),
    costs,
  };
  const model = await solve(session, asked, budget.deadline);
  if (model) {
    const intents = decodeModel(net, goal, model, enters);
    return witness(question.problem, check, intents, question.complete ? 'complete' : 'prefix');
  }
  const loops = question.problem.structure.frontier.length > 0;
  if (loops && (await solve(session, { ...asked, goal: isBeyond, costs: [] }, budget.deadline))) return 'beyond';
  return 'none';
}
