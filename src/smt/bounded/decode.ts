import type { Intent } from '../../engines/rerun.js';
import { singleton } from '../../events/event-set.js';
import type { Term } from '../solver/term.js';
import type { ExecutionGoal } from './goal.js';
import { type SolverModel, variablesIn } from './model.js';
import type { Network } from './network.js';
import type { PossibleStep } from './steps.js';
import { variants } from './variants.js';

/** The variables on which an execution depends: the solver is asked for their values. */
export function variablesOf({ steps, controller, chosen }: Network, { informs, lost }: ExecutionGoal): Term[] {
  const terms = [
    ...steps.all.map(({ on }) => on),
    ...steps.order.variables(),
    ...steps.headers.flat(2),
    ...controller.sends.flatMap(({ step, on }) => [on, ...chosen(step)]),
    ...controller.items.map(({ received }) => received),
    ...informs.map(({ on }) => on),
    ...lost.map(({ on }) => on),
  ];
  return variablesIn(terms);
}

/**
 * The execution that a model stands for.
 * @param enters whether, at the end, a packet enters at a switch whose E_n is no event-set (`Goal.lost`)
 */
export function decodeModel(network: Network, goal: ExecutionGoal, holds: SolverModel, enters: boolean): Intent[] {
  const { problem, steps, controller, chosen } = network;
  const { program, options } = problem;
  const variant = variants[options.semantics];
  const rank = new Map(steps.order.sorted(holds).map((place, i) => [place, i]));
  const before = (a: number, b: number) => rank.get(a)! < rank.get(b)!;
  const sends = controller.sends.filter(({ on }) => holds(on));
  // What is received after the last CTRLSEND may as well wait till the end, when Q is emptied.
  const items = controller.items.filter(
    ({ received, place }) => holds(received) && (!steps.complete || sends.some((send) => before(place, send.place))),
  );

  interface Entry {
    readonly place: number;
    readonly step: PossibleStep | undefined;
    readonly intents: (indices: ReadonlyMap<PossibleStep, number>) => readonly Intent[];
  }
  const entries: Entry[] = [
    ...steps.all
      .filter(({ on }) => holds(on))
      .map((step): Entry => ({ place: step.place, step, intents: () => [intentOf(network, step, holds)] })),
    ...items.map(({ step, says, place }): Entry => {
      const item = variant.items === 'sets' ? undefined : saying(network, says);
      return {
        place,
        step: undefined,
        intents: (indices) => [{ rule: 'CTRLRECV', item, teller: indices.get(step)! }],
      };
    }),
    ...sends.map(({ step, place }): Entry => {
      const n = step.at.switch;
      const events = [...chosen(step).keys()].filter((e) => holds(chosen(step)[e]!));
      return {
        place,
        step: undefined,
        intents: () => (variant.choosesEvent ? events.map((e) => send(n, e)) : [send(n, undefined)]),
      };
    }),
  ];
  const intents: Intent[] = [];
  const indices = new Map<PossibleStep, number>();
  for (const { step, intents: own } of entries.sort((a, b) => rank.get(a.place)! - rank.get(b.place)!)) {
    if (step) indices.set(step, intents.length);
    for (const one of own(indices)) intents.push(one);
  }
  for (const inform of goal.informs) if (holds(inform.on)) intents.push(send(inform.switch, inform.event));
  if (enters) {
    const lost = goal.lost.find(({ on }) => holds(on))!.switch;
    const { at } = program.topology.hosts.find((host) => host.at.switch === lost)!;
    intents.push({ rule: 'IN', at, headers: program.fields.map(({ domain }) => domain.length - 1) });
  }
  return intents;
}

function intentOf({ steps }: Network, { copy, at, packet }: PossibleStep, holds: SolverModel): Intent {
  if (copy) return { rule: 'SW', at };
  const headers = steps.headers[packet]!.map((values) => values.findIndex(holds));
  return { rule: 'IN', at, headers };
}

/** CTRLSEND; in `figure6` of one event. */
const send = (n: number, event: number | undefined): Intent => ({
  rule: 'CTRLSEND',
  switch: n,
  becomes: event === undefined ? undefined : (eventSet) => eventSet | singleton(event),
});

/** The set as which an item is written: its event, or the first event of its label (interface.md). */
const saying = ({ problem: { structure, options } }: Network, says: number): bigint =>
  singleton(variants[options.semantics].items === 'events' ? says : structure.eventsOf[says]![0]!);
