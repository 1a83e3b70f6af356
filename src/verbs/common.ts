import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Analysis } from '../events/analysis.js';
import { firstReason } from '../language/diagnostics.js';
import type { Reading } from '../language/read-program.js';
import { positionsOf } from '../language/source.js';
import { reasonToReject } from '../report/result/rejection.js';
import type { Rejection } from '../report/result/result.js';

/** The version of this tool, as package.json has it. */
export const version: string = (
  createRequire(import.meta.url)('snk-verify/package.json') as { readonly version: string }
).version;

export const sha256 = (source: Uint8Array | string): string => createHash('sha256').update(source).digest('hex');

/**
 * When to stop, as `performance.now()` will say it. If there is an end for all of it, what is left until then is divided among the
 * stages that are to come.
 */
export const deadlineOf = (
  { timeout_ms = 600_000, until }: { readonly timeout_ms?: number; readonly until?: number },
  stages = 1,
): number => {
  const now = performance.now();
  return until === undefined ? now + timeout_ms : now + Math.max(0, until - now) / stages;
};

/** The rejection of a text that is no program. */
export function rejectText(reading: Extract<Reading, { ok: false }>): Rejection {
  const first = firstReason(reading.diagnostics)!;
  const diagnostics = reading.diagnostics.map(({ code, rule, message, line, column }) => {
    return { code, rule, message, line, column };
  });
  const { code, message, line, column } = first;
  return { code, message, line, column, details: { diagnostics } };
}

/** The rejection of a program without a meaning, null if it has one; `force` overlooks the last condition of spec 2.2. */
export function rejectProgram(
  reading: Extract<Reading, { ok: true }>,
  analysis: Analysis,
  force: boolean,
): Rejection | null {
  const { broken } = analysis;
  if (!broken || (force && 'code' in broken && broken.code === 'nonlocal')) return null;
  const { rejection, occurrence } = reasonToReject(reading.program, analysis, broken);
  const start = occurrence === undefined ? undefined : reading.program.occurrences[occurrence - 1]?.start;
  const place = start === undefined ? undefined : positionsOf(reading.text, [start]).get(start);
  return { ...rejection, line: place?.line ?? null, column: place?.column ?? null };
}
