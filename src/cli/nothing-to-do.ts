import { printable } from '../base/printable.js';
import type { ExecutionDocument, Result } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus, overallStatus } from './exit-status.js';

/** What a document says of its checks. */
interface Said extends Pick<ExecutionDocument, 'rejected' | 'error' | 'statuses'> {
  /** The one check that is asked for, if it is one. */
  readonly asked?: string | undefined;
}

/** The rule, as the help of each verb that works on executions has it. */
export const ruleOfNothing =
  'Where no check is violated there is nothing to do, which is said; the exit status is then that of `check`:\n0, 3 if something is unknown, 2 if the program is rejected.';

/**
 * Says in a line that documents hold no execution, and gives the exit status. It is no mistake of the user if nothing
 * is violated, so all verbs follow one rule: the status is the one with which `check` ended.
 * @param todo what would be done with an execution: `replay`
 */
export function nothingToDo(file: string, documents: readonly Said[], todo: string): ExitStatus {
  const found = documents.map(standing);
  const status = overallStatus(found.map((one) => one.status));
  const { why } = found.find((one) => one.status === status) ?? noStatus;
  return complain(`${printable(file)}: there is no execution to ${todo}: ${why}`, status);
}

const noStatus = { why: 'no check is violated', status: exitStatus.ok } as const;

function standing({ rejected, error, statuses, asked }: Said): {
  readonly why: string;
  readonly status: ExitStatus;
} {
  if (error) return { why: printable(error.message), status: exitStatus.rejected };
  if (rejected) return { why: `the program is rejected [${printable(rejected.code)}]`, status: exitStatus.rejected };
  const names = Object.keys(statuses);
  const named = (wanted: string) => names.filter((name) => statuses[name] === wanted).map(printable);
  const [violated, unknown] = [named('violated'), named('unknown')];
  if (names.length === 0)
    return {
      why: `it has no verdict on ${asked ?? 'any check'}, and no \`steps\`${asked === undefined ? '' : ' that break it'}`,
      status: exitStatus.rejected,
    };
  // Tables that differ from the program have an execution of the tables, which the rules do not know.
  if (violated.length > 0)
    return { why: `none by the rules breaks ${violated.join(', ')}`, status: exitStatus.rejected };
  const none = names.length === 1 ? `${printable(names[0]!)} is not violated` : noStatus.why;
  if (unknown.length === 0) return { ...noStatus, why: none };
  return { why: `${none}, but unknown: ${unknown.join(', ')}`, status: exitStatus.unknown };
}

/** What a result says of its checks. */
export const saidBy = ({ rejected, error, checks }: Result): Said => ({
  rejected,
  error,
  statuses: Object.fromEntries(Object.entries(checks).map(([name, { status }]) => [name, status])),
});
