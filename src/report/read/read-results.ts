import { OptionError, shown } from '../../base/taken.js';
import { namesIn } from '../../theorems/checks.js';
import type { Result } from '../result/result.js';

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The results that `check --json` printed, one or an array; or, in words, why the JSON is no result. Only what tells a
 * result from other JSON is looked at, not whether its parts agree with each other.
 * @example
 * ```ts
 * import { check, readResults } from 'snk-verify';
 *
 * const { result } = await check('policy true', 'empty.snk', { engine: 'explore' });
 * const results = readResults(JSON.parse(JSON.stringify(result)));
 * console.log(typeof results === 'string' ? results : results.length); // 1
 * ```
 */
export function readResults(json: unknown): Result[] | string {
  const documents: readonly unknown[] = Array.isArray(json) ? json : [json];
  for (const document of documents) {
    const wrong = whatIsWrong(document);
    if (wrong !== undefined) return wrong;
  }
  return documents as Result[];
}

/**
 * Refuses a call with something that is no result, such as what `check` gives whole.
 * @throws OptionError
 */
export function assertResult(verb: string, result: unknown, argument = 'result'): void {
  const wrong = whatIsWrong(result);
  if (wrong !== undefined)
    throw new OptionError(
      `${verb}: ${argument} takes a result, what check gives as its \`result\`, not ${shown(result)}: ${wrong}`,
    );
}

/**
 * Refuses a call with something that is no array of results.
 * @throws OptionError
 */
export function assertResults(verb: string, results: unknown, argument = 'results'): void {
  if (!Array.isArray(results))
    throw new OptionError(
      `${verb}: ${argument} takes an array of results, what check gives as its \`result\`, not ${shown(results)}`,
    );
  for (const [i, result] of results.entries()) assertResult(verb, result, `${argument}[${i}]`);
}

function whatIsWrong(document: unknown): string | undefined {
  if (!isRecord(document)) return 'it is no object';
  const { tool, program, options, checks, rejected, error, network, ets, nes, warnings } = document;
  if (!isRecord(tool) || tool['name'] !== 'snk-verify') return 'tool.name is not snk-verify';
  if (!isRecord(program) || typeof program['file'] !== 'string' || typeof program['sha256'] !== 'string')
    return 'program has no file and sha256';
  if (!isRecord(options) || typeof options['semantics'] !== 'string') return 'options has no semantics';
  if (!isRecord(checks)) return 'there are no checks';
  if (rejected !== null && !isRecord(rejected)) return 'rejected is neither null nor an object';
  if (error !== undefined && (!isRecord(error) || typeof error['message'] !== 'string')) return 'error has no message';
  if (!Array.isArray(warnings)) return 'there is no list of warnings';
  if (network !== undefined && !hasLists(network, ['switches', 'hosts', 'links', 'fields']))
    return 'network lacks a list';
  if (ets !== undefined && !hasLists(ets, ['initial', 'states', 'edges'])) return 'ets lacks a list';
  if (nes !== undefined && !hasLists(nes, ['events', 'eventSets'])) return 'nes lacks a list';
  for (const name of namesIn(checks)) {
    const check = checks[name];
    if (check === undefined) continue;
    if (!isRecord(check) || typeof check['status'] !== 'string') return `checks.${name} has no status`;
    const counterexample = check['counterexample'];
    if (counterexample !== null && !hasLists(counterexample, ['steps', 'occurrences']))
      return `checks.${name}.counterexample lacks a list`;
    const { replay } = check;
    if (replay !== undefined && !isReplay(replay)) return `checks.${name}.replay is no verdict of a replay`;
  }
  return undefined;
}

const hasLists = (value: unknown, names: readonly string[]): boolean =>
  isRecord(value) && names.every((name) => Array.isArray(value[name]));

function isReplay(value: unknown): boolean {
  if (!isRecord(value) || typeof value['switches'] !== 'string') return false;
  switch (value['verdict']) {
    case 'confirmed':
      return typeof value['steps'] === 'number';
    case 'not replayable':
      return typeof value['why'] === 'string';
    case 'diverged':
      return typeof value['step'] === 'number' && hasLists(value, ['differences', 'predicted', 'observed', 'log']);
    default:
      return false;
  }
}
