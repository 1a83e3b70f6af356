import type { Result } from './result.js';

/**
 * The results in a JSON document that `check --json` has printed, one or a list. It is told from other JSON by what every report
 * and the exit status depend on: the tool, the program's name, and a verdict on each check.
 */
export function readResults(text: string): { readonly results: readonly Result[] } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { problem: `this is not JSON: ${(error as Error).message}` };
  }
  const results: readonly unknown[] = Array.isArray(json) ? json : [json];
  return results.every(isResult) ? { results } : { problem: 'these are no results of snk-verify' };
}

const statuses: readonly unknown[] = ['proved', 'holds', 'violated', 'unknown'];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function isResult(value: unknown): value is Result {
  if (!isObject(value)) return false;
  const { tool, program, rejected, checks, options, warnings } = value;
  if (!isObject(tool) || tool['name'] !== 'snk-verify') return false;
  if (!isObject(program) || typeof program['file'] !== 'string') return false;
  if (!isObject(options) || !Array.isArray(warnings) || !isObject(checks)) return false;
  // A program that is neither rejected nor checked has no verdict, and must not pass for one that is right.
  if (rejected === null && Object.keys(checks).length === 0) return false;
  if (rejected !== null && !isObject(rejected)) return false;
  return Object.values(checks).every((check) => isObject(check) && statuses.includes(check['status']));
}
