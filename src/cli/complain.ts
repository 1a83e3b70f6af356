import { type ExitStatus, exitStatus } from './exit-status.js';

/** Says on standard error why the input cannot be used, and gives the exit status for that. */
export function complain(...messages: readonly string[]): ExitStatus {
  for (const message of messages) process.stderr.write(`snk-verify: ${message}\n`);
  return exitStatus.rejected;
}
