import type { Decision } from '../../src/execution/decision.js';
import { enabledDecisions } from '../../src/execution/enabled.js';
import { type Taken, take } from '../../src/execution/rules.js';
import { type Run, runOf } from '../../src/execution/run.js';
import { initialNetwork, type Setting } from '../../src/execution/state.js';
import { type Check, propertyOf } from '../../src/theorems/checks.js';
import { judge } from '../../src/theorems/index.js';
import { isSatisfied, isWitness } from '../../src/theorems/property.js';
import { allEntries } from '../oracle/brute-force.js';
import { keyOfHistory } from '../oracle/history.js';

/** What all executions with so many packets say of a check. */
export interface Found {
  /** The fewest packets, and with these the fewest steps, of an execution that breaks it; undefined if none does. */
  readonly broken: { readonly packets: number; readonly steps: number } | undefined;
  /** Of a property, whether any execution satisfies its premise; and whether any does that keeps it. */
  readonly satisfied: boolean;
  readonly witnessed: boolean;
  /** Whether executions were cut off, so that a violation or a witness may have been missed. */
  readonly cut: boolean;
}

export interface BruteForceOptions {
  readonly histories: number;
  readonly hops: number;
}

/**
 * The definition of each check asked of every execution of up to `packets` packets, whatever they are: of each once
 * that differs in what any definition reads, which is all steps of switches and of the controller, what each was caused
 * by, and in which order located packets come.
 */
export function bruteForce(
  setting: Setting,
  checks: readonly Check[],
  packets: number,
  { histories, hops }: BruteForceOptions,
): ReadonlyMap<Check, Found> {
  const entries = allEntries(setting);
  const found = new Map<Check, { -readonly [Key in keyof Found]: Found[Key] }>(
    checks.map((check) => [check, { broken: undefined, satisfied: false, witnessed: false, cut: false }]),
  );
  let looked = 0;
  let isCut = false;

  for (let bound = 1; bound <= packets && !isCut; bound++) {
    const seen = new Set<string>();
    const look = (run: Run): void => {
      const last = lastRecorded(run);
      if (last !== 'IN' && last !== 'SW') return;
      for (const [check, so] of found) {
        if (check.needsComplete && !run.complete) {
          if (check.kind === 'property') so.satisfied ||= isSatisfied(run, propertyOf(check));
          continue;
        }
        const steps = check.needsComplete ? stepsOfAll(run) : stepsNeeded(run);
        const isBetter = !so.broken || (so.broken.packets === bound && steps < so.broken.steps);
        if (isBetter && judge(check, run).kind === 'violated') so.broken = { packets: bound, steps };
        if (check.kind !== 'property') continue;
        so.satisfied ||= isSatisfied(run, propertyOf(check));
        so.witnessed ||= isWitness(run, propertyOf(check));
      }
    };
    const visit = (run: Run): void => {
      const key = keyOf(run);
      if (seen.has(key)) return;
      seen.add(key);
      if (++looked > histories) {
        isCut = true;
        return;
      }
      look(run);
      const state = run.states.at(-1)!;
      if (run.taken.filter(({ step }) => step.rule === 'SW').length >= hops) {
        isCut ||= !run.complete;
        return;
      }
      const ins: Decision[] = state.entered < bound ? entries.map((one) => ({ rule: 'IN', ...one })) : [];
      for (const decision of [...ins, ...enabledDecisions(setting, state)]) {
        if (isCut) return;
        const outcome = take(setting, state, decision);
        if (outcome.kind === 'taken' && !isIdleSend(run, outcome)) visit(deliver(extend(run, outcome)));
      }
    };
    visit(runOf(setting, [initialNetwork(setting)], []));
  }
  for (const so of found.values()) so.cut = isCut;
  return found;
}

/** The steps of a complete execution whose Q is emptied. */
const stepsOfAll = ({ taken, states }: Run): number => taken.length + states.at(-1)!.controllerQueue.length;

/** The steps of an execution that stops with the last of them, without LINKs and OUTs that nothing has needed. */
const stepsNeeded = ({ taken }: Run): number =>
  taken.filter(({ step }) => step.rule !== 'LINK' && step.rule !== 'OUT').length +
  taken.filter(({ took }) => took && taken[took.sentBy]!.step.rule === 'SW').length;

const extend = ({ setting, states, taken }: Run, next: Taken): Run =>
  runOf(setting, [...states, next.state], [...taken, next]);

/** Takes every LINK and OUT that can be taken: they record nothing, and input queues are fed in one order. */
function deliver(run: Run): Run {
  const next = enabledDecisions(run.setting, run.states.at(-1)!).find(({ rule }) => rule === 'LINK' || rule === 'OUT');
  if (!next) return run;
  const outcome = take(run.setting, run.states.at(-1)!, next);
  if (outcome.kind !== 'taken') throw new Error(`an enabled ${next.rule} was refused`);
  return deliver(extend(run, outcome));
}

const lastRecorded = (run: Run): string | undefined =>
  run.taken.findLast(({ step }) => step.rule !== 'LINK' && step.rule !== 'OUT')?.step.rule;

/** A CTRLSEND after which nothing is known, and nothing ≺ a later step, that was not before it. */
function isIdleSend(run: Run, { state, step }: Taken): boolean {
  if (step.rule !== 'CTRLSEND') return false;
  const before = run.states.at(-1)!;
  if (state.switches[step.switch]!.eventSet !== before.switches[step.switch]!.eventSet) return false;
  const lastSent = run.taken.findLastIndex((t) => t.step.rule === 'CTRLSEND' && t.step.switch === step.switch);
  return run.taken.findLastIndex((t) => t.step.rule === 'CTRLRECV') <= lastSent;
}

/** All steps of each switch and of the controller, by what caused them, and the order of those that record anything. */
const keyOf = (run: Run): string =>
  keyOfHistory(
    run,
    run.taken.flatMap(({ step }, i) => (step.rule === 'IN' || step.rule === 'SW' ? [i] : [])),
  );
