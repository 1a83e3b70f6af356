import { isDeepStrictEqual } from 'node:util';
import { assertArguments, objectWith, textOption } from '../base/arguments.js';
import { programText } from '../base/options.js';
import { runOf } from '../execution/run.js';
import type { Setting } from '../execution/state.js';
import { type Rerun, rerunSteps } from '../execution/validate.js';
import type { Program } from '../language/program.js';
import type { SourceFile } from '../language/read-program.js';
import type { Claim, ClaimedExecution, ExecutionDocument } from '../report/read/document.js';
import { describeEvents } from '../report/result/describe.js';
import type { ShownJudgement, ShownValidation, ValidatedExecution } from '../report/text/validation.js';
import { type Check, type CheckName, checks as everyCheck, propertyCheck, strong } from '../theorems/checks.js';
import { isPastBound, type Judgement, judge, type Violation } from '../theorems/index.js';
import { version } from './common.js';
import { type Hindered, impossible, load, type NotReached, settingOf } from './load.js';

/** What the executions of a document are worth, or why nothing can be said of them. */
export type Validated =
  | { readonly ok: true; readonly validation: ShownValidation }
  | NotReached
  /** The document cannot be used. */
  | Hindered;

/** ≺ takes time cubic in the number of steps. */
const maxSteps = 1000;

/**
 * Re-runs every execution of a document by the rules of spec 3, and judges it by the definitions of spec 4. None of
 * this is shared with the search that found them. Never throws on account of what the document or the program says.
 * `file` is the name of the program to show.
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { check, readDocuments, validateExecutions } from 'snk-verify';
 *
 * const file = 'models/firewall.snk';
 * const source = readFileSync(file, 'utf8');
 * const { result } = await check(source, file, { semantics: 'best-effort', spec: 'causal' });
 * const reading = readDocuments(JSON.stringify(result));
 * const validated = reading.ok && validateExecutions(reading.documents[0]!, source, file);
 * console.log(validated && validated.ok && validated.validation.confirmed); // true
 * ```
 */
export function validateExecutions(document: ExecutionDocument, source: Uint8Array | string, file: string): Validated {
  assertArguments('validateExecutions', {
    document: [document, objectWith('a document, one of those that readDocuments gives', 'options', 'executions')],
    source: [source, programText],
    file: [file, textOption],
  });
  const { options, nes, executions } = document;
  const long = executions.find(({ steps }) => steps.length > maxSteps);
  if (long) return impossible(`${long.path} has more than ${maxSteps} steps`);
  // Programs that are not locally determined have executions too; that they are to be rejected is another matter.
  const loaded = load(source, file, {
    packets: options.packets,
    unroll: nes?.bound ?? undefined,
    force: true,
    properties: besides(document),
  });
  if (!loaded.ok) return loaded;
  const stray = executions.find(({ claim }) => claim && !checkOf(loaded.program, claim.check));
  if (stray) return impossible(`${stray.path}: the program has no property ${stray.claim!.check.split('.')[1]}`);
  const setting = settingOf(loaded, options);
  const other = otherEvent(setting, document);
  if (other !== undefined) return impossible(other);
  const validated = executions.map((execution) => validateOne(setting, execution, options.packets));
  return {
    ok: true,
    validation: {
      tool: { name: 'snk-verify', version },
      program: loaded.origin,
      options,
      executions: validated,
      confirmed: validated.every(({ confirmed }) => confirmed),
    },
  };
}

/** The properties that the document has from a file beside the program, as such a file. */
function besides({ program, properties = [] }: ExecutionDocument): SourceFile | undefined {
  const others = properties.filter((one) => one.file !== program.file);
  const [first] = others;
  if (!first) return undefined;
  return { file: first.file, source: others.map(({ name, text }) => `property ${name}: ${text};\n`).join('') };
}

/** The check of a name; undefined if the program has no such property. */
function checkOf({ properties }: Pick<Program, 'properties'>, name: CheckName): Check | undefined {
  return [...everyCheck, strong, ...properties.map(propertyCheck)].find((check) => check.name === name);
}

/** Where the document's numbers of events are not the program's, if anywhere: then its sets of events mean nothing. */
function otherEvent({ system, structure }: Setting, { nes }: ExecutionDocument): string | undefined {
  for (const [i, stated] of (nes?.events ?? []).entries()) {
    const [actual] = structure.events[stated.id] ? describeEvents(system, structure, 1n << BigInt(stated.id)) : [];
    if (isDeepStrictEqual(actual, stated)) continue;
    const is = actual ? `${actual.formula} at ${actual.at}, occurrence ${actual.occurrence}` : 'no event of it';
    return `nes.events[${i}] is not the program's: by the program, event ${stated.id} is ${is}`;
  }
  return undefined;
}

function validateOne(
  setting: Setting,
  { path, claim, steps }: ClaimedExecution,
  packets: number | undefined,
): ValidatedExecution {
  const bounded = withinBound(rerunSteps(setting, steps), packets);
  const { run } = bounded;
  const base = { path, claim, steps: run.taken.map(({ step }) => step), complete: run.complete };
  if (bounded.kind === 'impossible') {
    const { step, why } = bounded;
    return {
      ...base,
      impossible: { step, stated: steps[step]!, why },
      unreached: steps.length - step - 1,
      checks: {},
      confirmed: false,
      why: `step ${step + 1} is impossible`,
    };
  }
  const own = setting.program.properties.filter(({ form }) => form.kind !== 'inState').map(propertyCheck);
  const isAsked = ({ name }: Check) => name !== 'strong' || claim?.check === name;
  const asked: readonly Check[] = [...everyCheck, strong, ...own].filter(isAsked);
  const judged = new Map(asked.map((check) => [check.name, judge(check, run)]));
  const checks = Object.fromEntries([...judged].map(([name, judgement]) => [name, shownJudgement(judgement)]));
  const shared = { ...base, impossible: null, unreached: 0, checks };
  if (!claim) return { ...shared, confirmed: true, why: 'every step is possible; nothing else is said of them' };
  const judgement = judged.get(claim.check) ?? { kind: 'kept' };
  const violations = judgement.kind === 'violated' ? judgement.violations : [];
  const meant = violations.find((violation) => isMeant(claim, violation));
  if (!meant) return { ...shared, confirmed: false, why: whyNot(claim, judgement) };
  if (isPastBound(run, meant))
    return {
      ...shared,
      confirmed: false,
      why: `the state recurs, and more events happen than loops are unrolled to (${setting.structure.bound})`,
    };
  return { ...shared, confirmed: true, why: `every step is possible, and ${claim.check} is broken as is said` };
}

/** An execution with more packets than may enter (spec 3.2) is not within the bounds that the result names. */
function withinBound(validation: Rerun, packets: number | undefined): Rerun {
  const entries = validation.run.taken.flatMap(({ step }, i) => (step.rule === 'IN' ? [i] : []));
  if (packets === undefined || entries.length <= packets) return validation;
  const { setting, states, taken } = validation.run;
  const step = entries[packets]!;
  const run = runOf(setting, states.slice(0, step + 1), taken.slice(0, step));
  return { kind: 'impossible', step, why: `by options.packets, no more than ${packets} may enter`, run };
}

function shownJudgement(judged: Judgement): ShownJudgement {
  if (judged.kind !== 'violated') return { status: judged.kind === 'kept' ? 'kept' : 'incomplete', violations: [] };
  const violations = judged.violations.map(({ kind, packet, event, why, occurrences }) => {
    return { kind, packet, event, explanation: why, occurrences };
  });
  return { status: 'violated', violations };
}

/** Whether a violation agrees with a claim in everything that the claim says. */
const isMeant = (claim: Claim, violation: Violation): boolean =>
  (['kind', 'packet', 'event', 'occurrences'] as const).every(
    (key) => claim[key] === undefined || isDeepStrictEqual(claim[key], violation[key]),
  );

function whyNot({ check }: Claim, judged: Judgement): string {
  switch (judged.kind) {
    case 'kept':
      return `by its definition, ${check} is kept`;
    case 'incomplete':
      return `packets are still under way at the end, and ${check} speaks of complete executions`;
    case 'violated':
      return `${check} is broken, but not in the way that is said`;
  }
}
