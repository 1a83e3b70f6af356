import { assertArguments, textOption } from '../../base/arguments.js';
import type { Counterexample } from '../../execution/execution.js';
import { assertResults } from '../read/read-results.js';
import { type Finding, findingsOf, statedBy } from '../result/findings.js';
import type { Result } from '../result/result.js';
import { kindOf } from '../steps.js';
import { narrate } from '../text/story.js';

/** The parts of SARIF 2.1.0 (OASIS) that are written here. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly name: string; readonly version: string; readonly rules: readonly SarifRule[] };
    };
    readonly columnKind: 'unicodeCodePoints';
    readonly results: readonly SarifResult[];
  }[];
}

interface SarifRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
}

interface SarifResult {
  readonly ruleId: string;
  readonly kind: Finding['kind'];
  readonly level: 'error' | 'none';
  readonly message: { readonly text: string };
  readonly locations: readonly SarifLocation[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly { readonly locations: readonly SarifFlowLocation[] }[];
  }[];
}

interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: { readonly startLine: number; readonly startColumn: number };
  };
  readonly message?: { readonly text: string };
}

interface SarifFlowLocation {
  readonly location: SarifLocation;
  readonly executionOrder: number;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * Results as a SARIF log: a result for each check, with the execution that breaks it as a code flow through the
 * program's text.
 * @example
 * ```ts
 * import { check, sarifOf, version } from 'snk-verify';
 *
 * const { result } = await check('policy pt=', 'half.snk');
 * const [run] = sarifOf([result], version).runs;
 * console.log(run?.results[0]?.ruleId); // rejected.syntax
 * ```
 */
export function sarifOf(results: readonly Result[], version: string): SarifLog {
  assertResults('sarifOf', results);
  assertArguments('sarifOf', { version: [version, textOption] });
  const found = results.flatMap((result) => findingsOf(result).map((finding) => sarifResult(result, finding)));
  const ids = [...new Set(found.map(({ ruleId }) => ruleId))].sort();
  const rules = ids.map((id) => ({
    id,
    shortDescription: { text: statedBy(id) },
  }));
  const driver = { name: 'snk-verify', version, rules };
  return {
    $schema: schema,
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'unicodeCodePoints', results: found }],
  };
}

function sarifResult(result: Result, { id, kind, message, at, counterexample }: Finding): SarifResult {
  const policy = result.places?.policy ?? { line: 1, column: 1 };
  const locate = (place: Place & { readonly file?: string }, text?: string): SarifLocation => ({
    physicalLocation: {
      artifactLocation: { uri: uriOf(place.file ?? result.program.file) },
      region: { startLine: place.line, startColumn: place.column },
    },
    ...(text === undefined ? {} : { message: { text } }),
  });
  const { semantics, packets, controller } = result.options;
  return {
    ruleId: id,
    kind,
    // Only what fails has a level (SARIF 2.1.0, 3.27.10).
    level: kind === 'fail' ? 'error' : 'none',
    message: { text: message },
    locations: [locate(at ?? policy)],
    partialFingerprints: { 'snk-verify/v1': `${result.program.file}|${id}|${semantics}|${packets}|${controller}` },
    ...(counterexample && counterexample.steps.length > 0
      ? { codeFlows: [{ threadFlows: [{ locations: flow(result, counterexample, policy, locate) }] }] }
      : {}),
  };
}

function flow(
  { places }: Result,
  { steps }: Counterexample,
  policy: Place,
  locate: (place: Place, text: string) => SarifLocation,
): SarifFlowLocation[] {
  const texts = narrate(steps);
  return steps.map((step, i) => ({
    location: locate((places && kindOf(step).place(step, places)) ?? policy, texts[i]!.join('; ')),
    executionOrder: i + 1,
  }));
}

/** A file's name as a relative or absolute reference of RFC 3986. */
const uriOf = (file: string): string => {
  const path = file.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${path}` : path;
};
