import type { Term } from '../solver/term.js';
import { covers, type HistorySet, type HistoryTheory, historyScript, type Listed } from './history-script.js';
import { conjunction, type ProofScript } from './script.js';

/** An event of a clock: the first `k - 1` labels of the history that the execution takes, and then a label. */
export interface ClockEvent {
  readonly k: Term;
  readonly label: Term;
}

/**
 * An empty script about the events of a clock (docs/proofs.md, H9). In any one execution all that is known of the clock
 * are beginnings of one history, `(label-at 1) (label-at 2) …`, which may be any. Beside each of its events, others
 * with the same history before them may be enabled: one for each label. Which of all these events there are is left
 * open (`exists`), so that nothing depends on the clock's states.
 * @param labels how many labels the clock has; places are its labels
 */
export const clockScript = (labels: number): ProofScript<HistorySet<ClockEvent>, ClockEvent> =>
  historyScript(clockTheory(labels));

function clockTheory(labels: number): HistoryTheory<ClockEvent> {
  const theory: HistoryTheory<ClockEvent> = {
    lines: [
      '(set-logic QF_UFLIA)',
      '; The k-th label of the history that the execution takes; and whether the event with a label after its first',
      '; k - 1 labels is one of the structure.',
      '(declare-fun label-at (Int) Int)',
      '(declare-fun is-event (Int Int) Bool)',
      '; Beside the events that come next, rules are asked about this one, which may be any.',
      '(declare-const some-time Int)',
      '(declare-const some-label Int)',
      `(assert (and (<= 1 some-time) (<= 0 some-label) (< some-label ${labels})))`,
    ],
    places: labels,
    at: (k) => ({ k, label: `(label-at ${k})` }),
    numberOf: ({ k }) => k,
    isWithin: ({ k, label }, length) => `(and (<= ${k} ${length}) (= ${label} (label-at ${k})))`,
    areSame: (a, b) => `(and (= ${a.k} ${b.k}) (= ${a.label} ${b.label}))`,
    isAt: ({ label }, place) => `(= ${label} ${place})`,
    candidates: (named, length) => {
      const k = named('Int', `(+ ${length} 1)`);
      const next = Array.from({ length: labels }, (_, label): ClockEvent => ({ k, label: String(label) }));
      return [...next, { k: 'some-time', label: 'some-label' }];
    },
    isConsistent,
    exists: ({ k, label }) => [`(is-event ${k} ${label})`],
    declarePlaced: (declare, name) => Array.from({ length: labels }, (_, label) => declare(`${name}-${label}`)),
    // All events of a clock lie at one switch.
    declareOwn: (declare, name) => new Array<Term>(labels).fill(declare(name)),
    hasPlaced: (named, set, places, n) => {
      const [first, ...others] = places.at;
      if (others.some((other) => other !== first))
        throw new Error('the events at a switch are all of a clock, or none');
      return `(=> ${first} ${covers(theory, named, set, n)})`;
    },
  };
  return theory;
}

/**
 * Whether a set is within one history: no two of its events have equally long histories or one that goes on from
 * another event than the history of the other does.
 */
function isConsistent({ length, beside }: Listed<ClockEvent>): Term {
  // Each event shares all but its last label with the history that the execution takes: it is on the history itself if
  // something longer is in the set.
  const onHistory = ({ k, label }: ClockEvent): Term => `(= ${label} (label-at ${k}))`;
  const alone = beside.map(({ when, event }) => `(=> (and ${when} (<= ${event.k} ${length})) ${onHistory(event)})`);
  const pairs = beside.flatMap(({ when, event }, i) =>
    beside.slice(i + 1).map(({ when: also, event: other }) => {
      const isLonger = (a: ClockEvent, b: ClockEvent) => `(=> (< ${a.k} ${b.k}) ${onHistory(a)})`;
      const areOne = `(=> (= ${event.k} ${other.k}) (= ${event.label} ${other.label}))`;
      return `(=> (and ${when} ${also}) ${conjunction([areOne, isLonger(event, other), isLonger(other, event)])})`;
    }),
  );
  return conjunction([...alone, ...pairs]);
}
