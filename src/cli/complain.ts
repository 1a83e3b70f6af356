import { type ExitStatus, exitStatus } from './exit-status.js';

/**
 * Says on standard error what is wrong, a line for each problem, and gives the exit status for it: by default, that of
 * input which cannot be used.
 */
export function complain(problems: string | readonly string[], status: ExitStatus = exitStatus.rejected): ExitStatus {
  for (const problem of [problems].flat()) process.stderr.write(`snk-verify: ${problem}\n`);
  return status;
}
