import { assertArguments, textOption } from '../../base/arguments.js';
import type { Occurred, Semantics, ShownEventSet, ViolationKind } from '../../execution/execution.js';
import type { StatedExecution } from '../../execution/stated.js';
import { type CheckName, isCheckName } from '../../theorems/checks.js';
import type { Result, ShownEvent } from '../result/result.js';
import { counterexample, documentDecoder } from './decode-document.js';

/** What a document says of an execution: the check that it breaks and, as far as it says so, how. */
export interface Claim {
  readonly check: CheckName;
  readonly kind?: ViolationKind;
  readonly packet?: number | null;
  readonly event?: number | null;
  readonly explanation?: string;
  readonly occurrences?: readonly Occurred[];
}

/** An execution in a document. */
export interface ClaimedExecution {
  /** Where it is, such as `checks["theorem1.paper"].counterexample`. */
  readonly path: string;
  readonly claim: Claim | null;
  readonly steps: StatedExecution;
}

/**
 * What is needed of a result (`Result`, interface.md) to re-run its executions; people may write as much by hand. Both
 * are read by `readDocuments`.
 */
export interface ExecutionDocument {
  readonly program: { readonly file?: string; readonly sha256?: string; readonly text?: string };
  readonly options: { readonly semantics: Semantics; readonly packets?: number; readonly controller: boolean };
  readonly network?: NonNullable<Result['network']>;
  readonly nes?: {
    readonly events?: readonly ShownEvent[];
    readonly eventSets?: readonly ShownEventSet[];
    readonly bound?: number | null;
  };
  /** The properties that the document lists, with the file in which each is declared. */
  readonly properties?: readonly { readonly name: string; readonly text: string; readonly file: string }[];
  /** The verdicts stated, by the names of the checks. */
  readonly statuses: Readonly<Record<string, string>>;
  readonly rejected: { readonly code: string; readonly message: string } | null;
  /** Why the program could not be read. */
  readonly error?: { readonly message: string } | undefined;
  readonly executions: readonly ClaimedExecution[];
}

/** The documents of a text, or what is wrong with it: each problem in a line that begins with its place. */
export type DocumentsReading =
  | { readonly ok: true; readonly documents: readonly ExecutionDocument[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** More than this many problems are not told. */
const maxProblems = 20;

/**
 * Reads what `check --json` prints of one program or of several, or an execution written by hand: an object with
 * `steps` (and, if it is meant to break something, `check`, `kind`, `packet`, `event`), or its steps alone.
 * @example
 * ```ts
 * import { readDocuments } from 'snk-verify';
 *
 * const reading = readDocuments('[{ "rule": "IN", "at": "1:2", "headers": {} }]');
 * console.log(reading.ok && reading.documents[0]?.executions[0]?.steps.length); // 1
 * ```
 */
export function readDocuments(source: string): DocumentsReading {
  assertArguments('readDocuments', { source: [source, textOption] });
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch (error) {
    return { ok: false, problems: [`this is not JSON: ${(error as Error).message}`] };
  }
  const problems: string[] = [];
  const documents = documentsOf(json, problems);
  if (problems.length === 0) return { ok: true, documents };
  const more = problems.length - maxProblems;
  return { ok: false, problems: [...problems.slice(0, maxProblems), ...(more > 0 ? [`and ${more} more`] : [])] };
}

function documentsOf(json: unknown, problems: string[]): ExecutionDocument[] {
  if (!Array.isArray(json)) return [documentOf(json, '', problems)];
  const isSteps = json.some((one) => typeof one === 'object' && one !== null && 'rule' in one);
  if (isSteps) return [documentOf({ steps: json }, '', problems)];
  return json.map((one, i) => documentOf(one, `[${i}]`, problems));
}

function documentOf(json: unknown, path: string, problems: string[]): ExecutionDocument {
  const before = problems.length;
  const read = documentDecoder(json, path, problems);
  const base = path === '' ? '' : `${path}.`;
  const executions: ClaimedExecution[] = [];
  if (problems.length > before) return { ...nothing, executions };
  for (const [name, check] of Object.entries(read.checks ?? {})) {
    // Other checks, such as `tables`, do not speak of executions by the rules.
    if (!isCheckName(name) || check.counterexample === undefined || check.counterexample === null) continue;
    // A property of single configurations is broken by a tree, not by an execution.
    if (typeof check.counterexample === 'object' && 'inState' in check.counterexample) continue;
    const at = `${base}checks${/^\w+$/.test(name) ? `.${name}` : `["${name}"]`}.counterexample`;
    const found = problems.length;
    const read = counterexample(check.counterexample, at, problems);
    if (problems.length > found) continue;
    const { steps, ...claim } = read;
    executions.push({ path: at, claim: { check: name, ...claim }, steps });
  }
  if (read.steps) {
    const { check, kind, packet, event, explanation, occurrences } = read;
    const how = { kind, packet, event, explanation, occurrences };
    const said: Omit<Claim, 'check'> = Object.fromEntries(
      Object.entries(how).filter(([, value]) => value !== undefined),
    );
    const [stray] = Object.keys(said);
    if (!check && stray)
      problems.push(`${base}${stray} says how a check is broken, but ${base}check does not say which`);
    executions.push({ path: `${base}steps`, claim: check ? { check, ...said } : null, steps: read.steps });
  }
  const { program = {}, options, rejected = null, error, checks = {} } = read;
  const { semantics = 'tagged', controller = true, packets } = options ?? {};
  return {
    program,
    options: { semantics, controller, ...(packets === undefined ? {} : { packets }) },
    ...(read.network ? { network: read.network } : {}),
    ...(read.nes ? { nes: read.nes } : {}),
    ...(read.properties ? { properties: read.properties } : {}),
    statuses: Object.fromEntries(Object.entries(checks).map(([name, { status }]) => [name, status])),
    rejected,
    error,
    executions,
  };
}

const nothing: ExecutionDocument = {
  program: {},
  options: { semantics: 'tagged', controller: true },
  statuses: {},
  rejected: null,
  executions: [],
};
