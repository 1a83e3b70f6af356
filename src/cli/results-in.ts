import { type Result, readResults } from '../workbench.js';
import { printable } from './files.js';

/** The results that `check --json` has printed into a file, or why the text is no such thing. */
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
  const results = readResults(json);
  if (typeof results !== 'string') return { results, isArray: Array.isArray(json) };
  return { problem: `${printable(file)} is no result of \`snk-verify check --json\`: ${results}` };
}
