import { printable } from '../base/printable.js';
import { type Result, readDocuments, readResults } from '../workbench.js';

/**
 * The results that `check --json` has printed into a file, or why the text is no such thing. There may be none: a shard
 * can be empty.
 */
export function resultsIn(
  file: string,
  text: string,
): { readonly results: readonly Result[]; readonly isArray: boolean } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { problem: `cannot read ${printable(file)}: it is not JSON: ${printable((error as Error).message)}` };
  }
  const no = (why: string) => ({
    problem: `${printable(file)} is no result of \`snk-verify check --json\`: ${printable(why)}`,
  });
  const results = readResults(json);
  if (typeof results === 'string') return no(results);
  // Its executions are read as strictly as `validate` reads them: what draws, replays or counts them relies on that.
  const reading = readDocuments(text);
  return reading.ok ? { results, isArray: Array.isArray(json) } : no(reading.problems.join('; '));
}
