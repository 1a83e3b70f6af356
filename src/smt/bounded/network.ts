import type { Problem } from '../../engines/engine.js';
import { members } from '../../events/event-set.js';
import { compareLocations } from '../../netkat/topology.js';
import type { Tables } from '../../tables/tables.js';
import type { Check } from '../../theorems/checks.js';
import { and, anyOf, equal, implies, no, type Term } from '../solver/term.js';
import { type Controller, declareController, everReceived, type Item } from './controller.js';
import { detectedByFigure6, detectedByTables } from './detection.js';
import { equals, includes, type SymbolicSet, satisfied } from './event-terms.js';
import { declareEventSets, type Flow, type Spread, spread } from './flow.js';
import { type Forwarding, forwarding } from './forwarding.js';
import { labelReceptions } from './receptions.js';
import type { BoundedScript } from './script.js';
import type { Skeleton } from './skeleton.js';
import { declareSteps, type PossibleStep, requireQueues, type Steps } from './steps.js';
import { everyIndex } from './table-hops.js';
import { inDataPlane, variants } from './variants.js';

/**
 * The executions that are asked about: of how many packets, and whether complete; a check is stated about them later.
 */
export interface Question {
  readonly problem: Problem;
  /** The tables that run under `tagged`; undefined under the other semantics, which are not compiled. */
  readonly tables: Tables | undefined;
  readonly skeletons: readonly Skeleton[];
  readonly packets: number;
  readonly complete: boolean;
  readonly check: Pick<Check, 'ofStates' | 'throughController'>;
}

/** The rules of spec 3 as constraints: their models are the executions. */
export interface Network {
  readonly problem: Problem;
  readonly steps: Steps;
  readonly controller: Controller;
  readonly forwarding: Forwarding;
  /** E_n and digests; in `two-phase` and `best-effort` versions. */
  readonly knowledge: Flow;
  /** Whether the SW is taken and its copy matches a label; undefined if the label belongs to another place. */
  readonly matches: (step: PossibleStep, label: number) => Term | undefined;
  /** Every item that a SW may tell the controller, with whether it does. */
  readonly told: readonly Term[];
  /** What an item adds to R. */
  readonly content: (item: Item) => SymbolicSet;
  /** `figure6`: the events that the CTRLSENDs before a step add. */
  readonly chosen: (step: PossibleStep) => SymbolicSet;
  /**
   * Whether a set that is known somewhere has reached the bound on loops, past which events have no number (spec 2.5).
   */
  readonly beyond: Term;
}

/** States, in a script, what an execution of the network is. */
export function network(script: BoundedScript, question: Question): Network {
  const { problem, tables, skeletons, packets, complete, check } = question;
  const { program, system, structure, options } = problem;
  const variant = variants[options.semantics];
  const detects = inDataPlane(variant);
  const define = (term: Term) => script.define('t', term);
  const none: SymbolicSet = structure.events.map(() => no);

  const steps = declareSteps(script, program, skeletons, packets, complete);
  const isRead = readers(question);
  const { labelsAt, sayings } = labelPlaces(question, steps);
  // Without CTRLSEND nobody sees what the controller knows, except checks of states where R is not made of what
  // switches know.
  const isHeeded = options.controller || (!detects && check.ofStates);
  const controller = declareController(
    steps,
    (step) => options.controller && isRead(step),
    (step) => (isHeeded ? sayings(step) : []),
  );
  const how: Spread = {
    hint: 'known',
    facts: structure.events.length,
    matters: isRead,
    carried: detects,
    strength: 'exactly',
  };
  const eventSet = declareEventSets(steps, how);

  const { isSet, by } = decidingSets(question, steps, eventSet);
  const forwards = forwarding(steps, by);
  requireQueues(steps, forwards.sent);

  const matching = steps.all.map((step) =>
    system.labels.map(({ formula }, label) =>
      labelsAt[step.id]!.includes(label) ? define(and(step.on, satisfied(forwards.headers(step), formula))) : undefined,
    ),
  );
  const detect = (step: PossibleStep, heard: SymbolicSet): SymbolicSet => {
    if (!detects || !step.copy) return none;
    const arrival = { on: step.on, at: step.at, headers: forwards.headers(step), heard };
    if (tables) return detectedByTables(program, tables, arrival, define);
    return detectedByFigure6(structure, heard, ({ label }) => matching[step.id]![label] ?? no, define);
  };

  const received = detects ? undefined : labelReceptions(script, structure, controller);
  const contentOf = (item: Item, after: Flow['after']): SymbolicSet => {
    if (received) return received.adds(item);
    return variant.items === 'events' ? none.map((_, e) => (e === item.says ? 'true' : no)) : after(item.step);
  };
  const choices = steps.all.map((step) =>
    variant.choosesEvent && controller.sendBefore(step) ? none.map(() => script.variable('chosen')) : none,
  );
  const sends = (step: PossibleStep, { after }: Pick<Flow, 'after'>): SymbolicSet => {
    const send = controller.sendBefore(step);
    if (!send) return none;
    const sent = none.map((_, e) =>
      script.define(
        'sent',
        anyOf(controller.items.map((item) => and(controller.isHeard(send, item), contentOf(item, after)[e]!))),
      ),
    );
    if (!variant.choosesEvent) return sent;
    const choice = choices[step.id]!;
    for (const [e, term] of choice.entries()) script.require(implies(term, sent[e]!));
    script.require(equal(send.on, anyOf(choice)));
    return choice;
  };
  const knowledge = spread(steps, how, eventSet, detect, sends);

  const isTold = (step: PossibleStep, says: number): Term => {
    if (!detects) return matching[step.id]![says]!;
    const detected = knowledge.detected(step);
    return variant.items === 'events' ? detected[says]! : define(anyOf(detected));
  };
  for (const { step, says, received } of controller.items) {
    const told = isTold(step, says);
    script.require(complete ? equal(received, told) : implies(received, told));
  }
  const asked = steps.all.flatMap((step) => {
    const matched = anyOf(matching[step.id]!.map((term) => term ?? no));
    return detects && matched !== no ? [and(matched, atFrontier(question, knowledge.heard(step)))] : [];
  });
  const decided = [...isSet.keys()].map((step) => and(step.on, atFrontier(question, eventSet(step))));
  const learned = controller.items.map((item) =>
    received ? and(item.received, atFrontier(question, received.before(item))) : no,
  );
  return {
    problem,
    steps,
    controller,
    forwarding: forwards,
    knowledge,
    matches: (step, label) => matching[step.id]![label],
    told: steps.all.flatMap((step) => sayings(step).map((says) => isTold(step, says))),
    content: (item) => contentOf(item, knowledge.after),
    chosen: ({ id }) => choices[id]!,
    beyond: anyOf([...asked, ...decided, ...learned]),
  };
}

/** The labels that packets may match at each step, and what a SW may tell of there. */
function labelPlaces({ problem }: Question, steps: Steps) {
  const { system, structure, options } = problem;
  const variant = variants[options.semantics];
  const labelsAt = steps.all.map(({ copy, at }) =>
    [...system.labels.keys()].filter((label) => copy?.parent && compareLocations(system.labels[label]!.at, at) === 0),
  );
  const eventsAt = (step: PossibleStep) => structure.events.filter(({ label }) => labelsAt[step.id]!.includes(label));
  const sayings = (step: PossibleStep): readonly number[] => {
    switch (variant.items) {
      case 'labels':
        return labelsAt[step.id]!;
      case 'events':
        return eventsAt(step).map(({ id }) => id);
      case 'sets':
        return labelsAt[step.id]!.length > 0 ? [0] : [];
    }
  };
  return { labelsAt, sayings };
}

/**
 * The steps at which it is decided which event-set forwards a packet, each with a term for each event-set: that it is
 * the one. `by` says whether the one that forwards at a step is among some, given by their indices.
 */
function decidingSets({ problem }: Question, steps: Steps, eventSet: (step: PossibleStep) => SymbolicSet) {
  const { script } = steps;
  const { structure, options } = problem;
  const { mixed } = variants[options.semantics];
  const deciding = (step: PossibleStep): PossibleStep => {
    if (mixed || !step.parent) return step;
    return deciding(step.parent);
  };
  const isSet = new Map<PossibleStep, readonly Term[]>();
  for (const step of steps.all) {
    if (mixed ? !step.copy : step.copy) continue;
    isSet.set(
      step,
      structure.eventSets.map((set) => script.define('by', equals(eventSet(step), set))),
    );
    script.require(implies(step.on, anyOf(isSet.get(step)!)));
  }
  const every = everyIndex(structure);
  const by = (step: PossibleStep, sets: bigint): Term => {
    if ((sets & every) === every) return 'true';
    const terms = isSet.get(deciding(step))!;
    return script.define('by', anyOf(members(sets).map((i) => terms[i]!)));
  };
  return { isSet, by };
}

/** Whether a set has come to the bound on unrolled loops (spec 2.5). */
export const atFrontier = ({ problem }: Pick<Question, 'problem'>, x: SymbolicSet): Term =>
  anyOf(problem.structure.frontier.map((set) => includes(x, set)));

/**
 * The steps at which it matters what the switch knows: those that use it; and all steps if knowledge is passed on with
 * copies, or if the order of the controller's steps and the switch's is part of ≺ (spec 4.1).
 */
function readers({ problem, check }: Question): (step: PossibleStep) => boolean {
  return !check.ofStates && check.throughController ? () => true : variants[problem.options.semantics].uses;
}

/** R at the end. */
export const knownAtEnd = ({ controller, content, problem }: Network): SymbolicSet =>
  problem.structure.events.map(({ id }) => everReceived(controller.items, (item) => content(item)[id]!));
