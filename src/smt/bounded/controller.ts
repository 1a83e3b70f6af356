import { and, anyOf, implies, no, type Term } from '../solver/term.js';
import { before, neighbours, type PossibleStep, type Steps } from './steps.js';

/** A CTRLSEND right before a step of a switch. */
export interface Send {
  readonly step: PossibleStep;
  readonly place: number;
  readonly on: Term;
}

/** An item that a SW may put into Q, and its CTRLRECV. */
export interface Item {
  readonly step: PossibleStep;
  /** What the item says: an event or a label; 0 where a SW tells one item at most. */
  readonly says: number;
  readonly place: number;
  readonly received: Term;
}

/**
 * The steps of the controller (spec 3). Between two steps of a switch one CTRLSEND is enough: of several the last one
 * sends all that the others have sent, since R only grows (and in `figure6`, where each adds one event of R, all of
 * them can be put off until the last). A CTRLSEND that no step of its switch follows changes nothing but the last
 * state.
 */
export interface Controller {
  readonly sends: readonly Send[];
  readonly items: readonly Item[];
  readonly sendBefore: (step: PossibleStep) => Send | undefined;
  /** Whether an item is received before a CTRLSEND. */
  readonly isHeard: (send: Send, item: Item) => Term;
  /** Whether an item is received before another. */
  readonly isEarlier: (a: Item, b: Item) => Term;
}

/**
 * Declares the controller's steps.
 * @param reads the steps at which it matters what the controller has sent to the switch @param sayings what each SW may
 * tell
 */
export function declareController(
  steps: Steps,
  reads: (step: PossibleStep) => boolean,
  sayings: (step: PossibleStep) => readonly number[],
): Controller {
  const { script, all, order } = steps;
  const placeOf = new Map<string, number>();
  // Two steps of one place are never both taken, and so neither are the controller's steps that belong to them.
  const place = (kind: string, belongsTo: number): number => {
    const key = `${kind}|${belongsTo}`;
    const found = placeOf.get(key) ?? order.place();
    placeOf.set(key, found);
    return found;
  };
  const sends = all.filter(reads).map(
    (step): Send => ({
      step,
      place: place('send', step.place),
      on: script.variable('send'),
    }),
  );
  const items = all.flatMap((step) =>
    sayings(step).map(
      (says, n): Item => ({
        step,
        says,
        place: place(`item ${n}`, step.place),
        received: script.variable('received'),
      }),
    ),
  );

  for (const { step, place, on } of sends) {
    script.require(implies(on, and(step.on, order.before(place, step.place))));
    for (const other of neighbours(steps, step).filter(reads))
      script.require(implies(and(on, other.on, before(steps, other, step)), order.before(other.place, place)));
  }
  for (const { step, place, received } of items) script.require(implies(received, order.before(step.place, place)));

  const byStep = new Map(sends.map((send) => [send.step, send]));
  const heard = new Map<Send, Map<Item, Term>>();
  return {
    sends,
    items,
    sendBefore: (step) => byStep.get(step),
    isHeard: (send, item) => {
      const found = heard.get(send)?.get(item);
      if (found !== undefined) return found;
      const term = script.define('heard', and(send.on, item.received, order.before(item.place, send.place)));
      heard.set(send, new Map(heard.get(send)).set(item, term));
      return term;
    },
    isEarlier: (a, b) => (a.place === b.place ? no : and(a.received, order.before(a.place, b.place))),
  };
}

/** Whether some item of which `content` holds is ever received. */
export const everReceived = (items: readonly Item[], content: (item: Item) => Term): Term =>
  anyOf(items.map((item) => and(item.received, content(item))));
