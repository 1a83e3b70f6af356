import type { Result } from '../workbench.js';

/** The exit statuses of interface.md. */
export const exitStatus = {
  ok: 0,
  violated: 1,
  rejected: 2,
  unknown: 3,
  fault: 70,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/** The status that one result asks for. */
export function statusOf({ rejected, error, checks }: Result): ExitStatus {
  const statuses = Object.values(checks).map(({ status }) => status);
  if (rejected || error) return exitStatus.rejected;
  if (statuses.includes('violated')) return exitStatus.violated;
  return statuses.includes('unknown') ? exitStatus.unknown : exitStatus.ok;
}

/** Of several files: the first that applies in the order 70, 2, 1, 3, 0 (interface.md). */
export function overallStatus(statuses: readonly ExitStatus[]): ExitStatus {
  const order = [exitStatus.fault, exitStatus.rejected, exitStatus.violated, exitStatus.unknown];
  return order.find((status) => statuses.includes(status)) ?? exitStatus.ok;
}
