import { assertOptions, assertProgram } from '../base/options.js';
import { entriesOf } from '../execution/entries.js';
import type { Counterexample, ExecutionOptions, Step } from '../execution/execution.js';
import type { Run } from '../execution/run.js';
import {
  begin,
  choicesOf,
  type Ground,
  type ImpossibleActions,
  readActions,
  resume,
  type Session,
  showActions,
} from '../execution/session.js';
import { explorePage } from '../report/html/explore-page.js';
import { headersName } from '../report/html/names.js';
import type { ShownExecution } from '../report/html/page-data.js';
import { pageDataOf } from '../report/html/page-data-of.js';
import type { SessionView, ShownChoice, ShownStanding } from '../report/html/session-view.js';
import { brokenTitle } from '../report/result/checks.js';
import { describe, describeText } from '../report/result/describe.js';
import type { Result, ShownCheck } from '../report/result/result.js';
import { narrate } from '../report/text/story.js';
import { type Check, checks as everyCheck } from '../theorems/checks.js';
import { accountOf, isPastBound, judge, type Violation } from '../theorems/index.js';
import { type CheckOptions, checkOptions } from './check-options.js';
import { version } from './common.js';
import { executionOptions, load, type NotReached, settingOf, withinLimits } from './load.js';

/** How executions are tried out; the defaults are those of `check`. */
export type ExploreOptions = Pick<CheckOptions, 'semantics' | 'packets' | 'controller' | 'force' | 'unroll'>;

const exploreOptions = {
  semantics: checkOptions.semantics,
  packets: checkOptions.packets,
  controller: checkOptions.controller,
  force: checkOptions.force,
  unroll: checkOptions.unroll,
};

/**
 * A program whose executions can be tried out: a page, and what the page asks for. Actions are as `SessionView` has
 * them.
 */
export interface Exploration {
  readonly page: string;
  readonly view: (actions: string) => SessionView | ImpossibleActions;
  /**
   * The execution as a JSON document that `validate`, `convert` and `report` read: a result whose checks are those that
   * the execution breaks, with its `steps` and `actions`.
   */
  readonly exported: (actions: string) => object | ImpossibleActions;
}

/** An exploration, or why there is none. */
export type Opened = { readonly ok: true; readonly exploration: Exploration } | NotReached;

/**
 * Makes a program ready to be tried out step by step, by the rules of spec 3. Never throws on account of the program.
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { openExploration } from 'snk-verify';
 *
 * const file = 'models/firewall.snk';
 * const source = readFileSync(file, 'utf8');
 * const opened = await openExploration(source, file, { packets: 1 });
 * console.log(opened.ok && opened.exploration.page.startsWith('<!doctype html>')); // true
 * ```
 */
export async function openExploration(
  source: Uint8Array | string,
  file: string,
  given: ExploreOptions = {},
): Promise<Opened> {
  assertProgram('openExploration', source, file);
  assertOptions('openExploration', given, exploreOptions);
  const options = executionOptions(given);
  const loaded = load(source, file, given);
  if (!loaded.ok) return loaded;
  const { reading, analysis, limits, origin } = loaded;
  const setting = settingOf(loaded, options);
  const entered = withinLimits(() => ({ ok: true, entries: entriesOf(setting, limits) }) as const);
  if (!entered.ok) return entered;
  const ground: Ground = { setting, entries: entered.entries, packets: options.packets };
  const base: Result = {
    tool: { name: 'snk-verify', version },
    program: { ...origin, ...describeText(reading.text) },
    rejected: null,
    options,
    ...describe(reading, analysis, limits),
    checks: {},
  };
  const page = await pageDataOf(base, []);
  if (!page) throw new Error('a program without a network was prepared');

  const sessionOf = (text: string): Session | ImpossibleActions => {
    const actions = readActions(text);
    return actions ? resume(ground, actions) : { impossible: 'actions are numbers with points between them' };
  };
  const view = (text: string) => {
    const session = sessionOf(text);
    return 'impossible' in session ? session : viewOf(session, options, page.network.hosts);
  };
  const exported = (text: string) => {
    const session = sessionOf(text);
    if ('impossible' in session) return session;
    const { actions, run } = session;
    return { ...base, checks: brokenChecks(run), steps: stepsOf(run), actions };
  };
  const first = viewOf(begin(ground), options, page.network.hosts);
  return { ok: true, exploration: { page: explorePage({ page, view: first }, file), view, exported } };
}

const stepsOf = (run: Run) => run.taken.map(({ step }) => step);

/** The first violation of each check; what happens past the bound of loops proves nothing (spec 2.5). */
function violationsOf(run: Run): { readonly check: Check; readonly violation: Violation }[] {
  return everyCheck.flatMap((check) => {
    const judged = judge(check, run);
    if (judged.kind !== 'violated' || isPastBound(run, judged.violations[0])) return [];
    return [{ check, violation: judged.violations[0] }];
  });
}

function brokenChecks(run: Run): Result['checks'] {
  const entries = violationsOf(run).map(({ check, violation }): [string, ShownCheck] => {
    const counterexample = counterexampleOf(run, check, violation);
    return [check.name, { status: 'violated', states: run.states.length, counterexample }];
  });
  return Object.fromEntries(entries);
}

function counterexampleOf(run: Run, check: Check, violation: Violation): Counterexample {
  const { kind, packet, event, why: explanation, occurrences } = violation;
  const account = accountOf(run, violation, check.throughController);
  return { kind, packet, event, explanation, steps: stepsOf(run), occurrences, account };
}

type Hosts = NonNullable<Result['network']>['hosts'];

function viewOf(session: Session, options: ExecutionOptions, hosts: Hosts): SessionView {
  const { run, actions } = session;
  return {
    actions: showActions(actions),
    execution: executionOf(run, options),
    choices: shownChoices(session, hosts),
    checks: everyCheck.map((check) => standing(run, check)),
  };
}

/** The execution as the page shows it: with the first check that it breaks, if there is one. */
function executionOf(run: Run, options: ExecutionOptions): ShownExecution {
  const shared = { id: 'session', options };
  const violations = violationsOf(run);
  const [first] = violations;
  if (first) {
    const alike = violations
      .filter(({ violation }) => violation.why === first.violation.why)
      .map(({ check }) => check.name);
    return { ...shared, ...counterexampleOf(run, first.check, first.violation), title: brokenTitle(alike) };
  }
  const explanation = run.complete ? 'no packet is under way' : 'packets are under way';
  const account = accountOf(run, { packet: null, allowed: [] }, true);
  const nothing = { kind: null, packet: null, event: null, explanation, occurrences: [] };
  return { ...shared, ...nothing, steps: stepsOf(run), account, title: 'Nothing is broken so far' };
}

function shownChoices(session: Session, hosts: Hosts): ShownChoice[] {
  const steps = stepsOf(session.run);
  return choicesOf(session).map(({ decision: { rule }, outcome }, index) => {
    if (outcome.kind !== 'taken') {
      const { reason: text } = outcome;
      return { index, rule, text, row: null, label: text, impossible: 'no configuration' };
    }
    const text = narrate([...steps, outcome.step])[steps.length]!.join('; ');
    const { row, label } = placeOf(outcome.step, text, hosts);
    return { index, rule, text, row, label: text.includes(label) ? label : text, impossible: null };
  });
}

/** The row of a choice among those of its rule, and what tells it from others there. */
function placeOf(step: Step, text: string, hosts: Hosts): Pick<ShownChoice, 'row' | 'label'> {
  if (step.rule === 'IN')
    return { row: hosts.find(({ at }) => at === step.at)?.name ?? step.at, label: headersName(step.headers) };
  if (step.rule === 'CTRLSEND' && text.endsWith('which learns nothing new'))
    return { row: 'nothing new to', label: `switch ${step.switch}` };
  return { row: null, label: text };
}

function standing(run: Run, check: Check): ShownStanding {
  const { name, title } = check;
  const judged = judge(check, run);
  switch (judged.kind) {
    case 'kept':
      return { name, title, status: 'kept', why: null };
    case 'incomplete':
      return { name, title, status: 'open', why: null };
    case 'violated': {
      const [{ kind, why }] = judged.violations;
      return isPastBound(run, judged.violations[0])
        ? { name, title, status: 'open', why: 'more events have happened than loops are unrolled to (--unroll)' }
        : { name, title, status: 'violated', why: `${kind}: ${why}` };
    }
  }
}
