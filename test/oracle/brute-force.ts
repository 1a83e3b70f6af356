import type { Decision } from '../../src/execution/decision.js';
import { enabledDecisions } from '../../src/execution/enabled.js';
import type { Counterexample, Step } from '../../src/execution/execution.js';
import { type Taken, take } from '../../src/execution/rules.js';
import type { Run } from '../../src/execution/run.js';
import { initialNetwork, noPacketUnderWay, type Setting } from '../../src/execution/state.js';
import type { Headers } from '../../src/netkat/fields.js';
import type { Location } from '../../src/netkat/policy.js';
import {
  type Judgement,
  judgeCausal,
  judgePaper,
  judgeState,
  treesOf,
  type Violation,
} from '../../src/theorems/index.js';
import { matches, networkTrace } from '../../src/theorems/trace.js';
import { historyKey } from './history.js';

/** A packet that may enter. */
export interface Entry {
  readonly at: Location;
  readonly headers: Headers;
}

export const checks = ['lemma3', 'paper', 'causal'] as const;
export type Check = (typeof checks)[number];

/**
 * What the search found for one check. `unknown` means that it found no violation, but cut executions off;
 * `packetsNeeded` is exact if it cut none off.
 */
export type OracleVerdict =
  | { readonly status: 'holds' | 'unknown' }
  | { readonly status: 'violated'; readonly packetsNeeded: number; readonly counterexample: Counterexample };

export interface OracleResult extends Readonly<Record<Check, OracleVerdict>> {
  /** How many histories were looked at. */
  readonly histories: number;
}

export interface OracleOptions {
  /** The packets that may enter; by default any host's, with any headers over the full domains (spec 3.2). */
  readonly entries?: readonly Entry[];
  /**
   * An execution in which switches take copies more often than this is cut off: in best-effort a packet may circle for
   * ever.
   */
  readonly hops?: number;
  /** Whether to look only once at histories that every definition reads alike (see `historyKey`). */
  readonly memoise?: boolean;
  /** How many histories to look at, at most; the rest is cut off. */
  readonly histories?: number;
}

/** All headers over the full domains. */
const allHeaders = ({ program }: Setting): Headers[] =>
  program.fields.reduce<number[][]>(
    (all, { domain }) => all.flatMap((headers) => [...domain.keys()].map((value) => [...headers, value])),
    [[]],
  );

/** Every packet of every host. */
export const allEntries = (setting: Setting): Entry[] =>
  setting.program.topology.hosts.flatMap(({ at }) => allHeaders(setting).map((headers) => ({ at, headers })));

/**
 * The oracle of tests: every execution of up to `packets` packets, every state judged by Lemma 3 and every complete
 * execution by both definitions of Theorem 1. With fewer packets first, so that `packetsNeeded` is exact.
 */
export function bruteForce(setting: Setting, packets: number, options: OracleOptions = {}): OracleResult {
  const entries = options.entries ?? allEntries(setting);
  const { hops = 40, memoise = true, histories: limit = Number.POSITIVE_INFINITY } = options;
  const found = new Map<Check, OracleVerdict>();
  const trees = treesOf(setting);
  let histories = 0;
  let wasCut = false;

  const explore = (bound: number): void => {
    const seen = new Set<string>();

    const report = (check: Check, run: Run, violation: Violation | undefined): void => {
      if (!violation || found.has(check)) return;
      const { kind, packet, event, why, occurrences } = violation;
      const steps: Step[] = run.taken.map(({ step }) => step);
      const counterexample = { kind, packet, event, explanation: why, steps, occurrences };
      found.set(check, { status: 'violated', packetsNeeded: bound, counterexample });
    };
    const first = (judgement: Judgement): Violation | undefined =>
      judgement.kind === 'violated' ? judgement.violations[0] : undefined;

    const visit = (run: Run): void => {
      if (memoise) {
        const key = historyKey(run);
        if (seen.has(key)) return;
        seen.add(key);
      }
      histories++;
      if (histories > limit || isPastBound(run)) {
        wasCut = true;
        return;
      }
      const state = run.states[run.states.length - 1]!;
      report('lemma3', run, judgeState(setting, state)[0]);
      // A step of the controller after the last located packet precedes (≺) no located packet, so it changes no
      // judgement of Theorem 1; and an incomplete execution is judged only by what its last IN did.
      const last = lastRecorded(run);
      if (last === 'IN' || (last === 'SW' && run.complete)) {
        if (!found.has('paper')) report('paper', run, first(judgePaper(run, trees)));
        if (!found.has('causal')) report('causal', run, first(judgeCausal(run, trees)));
      }
      if (found.size === checks.length) return;
      if (run.taken.filter(({ step }) => step.rule === 'SW').length >= hops) {
        wasCut ||= !run.complete;
        return;
      }

      const ins: Decision[] = state.entered < bound ? entries.map((entry) => ({ rule: 'IN', ...entry })) : [];
      for (const decision of [...ins, ...enabledDecisions(setting, state)]) {
        const outcome = take(setting, state, decision);
        // A packet that an undefined configuration should process goes no further; this was reported when it entered.
        if (outcome.kind !== 'taken' || isIdleSend(run, outcome)) continue;
        visit(deliver(extend(run, outcome)));
      }
    };
    const initial = initialNetwork(setting);
    visit({ setting, states: [initial], taken: [], complete: true, drained: true });
  };

  for (let bound = 1; bound <= packets && histories <= limit; bound++) explore(bound);
  const nothing: OracleVerdict = { status: wasCut ? 'unknown' : 'holds' };
  const verdict = (check: Check): OracleVerdict => found.get(check) ?? nothing;
  return { lemma3: verdict('lemma3'), paper: verdict('paper'), causal: verdict('causal'), histories };
}

/**
 * With loops, F holds the paths up to a bound only (spec 2.5): at most as many events can have happened, by the rules
 * or by a definition, as there are matches of a packet with a label. If these are more than the bound, there is no
 * verdict.
 */
function isPastBound(run: Run): boolean {
  const { events, bound } = run.setting.structure;
  if (bound === null) return false;
  const matched = networkTrace(run).map(
    (lp) => new Set(events.filter(({ id }) => matches(run.setting, lp, id)).map(({ label }) => label)).size,
  );
  return matched.reduce((sum, labels) => sum + labels, 0) > bound;
}

/** The run with one more step. */
function extend(run: Run, taken: Taken): Run {
  const complete = noPacketUnderWay(taken.state);
  const drained = complete && taken.state.controllerQueue.length === 0;
  return { ...run, states: [...run.states, taken.state], taken: [...run.taken, taken], complete, drained };
}

/**
 * Takes every LINK and OUT that can be taken. Nothing is lost: they record nothing (spec 4.1), no set changes, and each
 * input queue is fed, in order, by one host or one link, so that a packet that crosses later can only be taken later.
 */
function deliver(run: Run): Run {
  const state = run.states[run.states.length - 1]!;
  const next = enabledDecisions(run.setting, state).find(({ rule }) => rule === 'LINK' || rule === 'OUT');
  if (!next) return run;
  const outcome = take(run.setting, state, next);
  if (outcome.kind !== 'taken') throw new Error(`an enabled ${next.rule} was refused`);
  return deliver(extend(run, outcome));
}

/** The rule of the last step that is not LINK or OUT. */
const lastRecorded = (run: Run): Step['rule'] | undefined =>
  run.taken.findLast(({ step }) => step.rule !== 'LINK' && step.rule !== 'OUT')?.step.rule;

/**
 * A CTRLSEND that tells a switch nothing new, when the controller has taken no item of Q since it last informed that
 * switch: the state stays the same, and whatever precedes (≺) it already precedes the later steps of the switch.
 */
function isIdleSend(run: Run, { state, step }: Taken): boolean {
  if (step.rule !== 'CTRLSEND') return false;
  const before = run.states[run.states.length - 1]!;
  if (state.switches[step.switch]!.eventSet !== before.switches[step.switch]!.eventSet) return false;
  const lastSent = run.taken.findLastIndex((t) => t.step.rule === 'CTRLSEND' && t.step.switch === step.switch);
  return run.taken.findLastIndex((t) => t.step.rule === 'CTRLRECV') <= lastSent;
}
