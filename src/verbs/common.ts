import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';

/** The version of this tool, as package.json has it. */
export const version: string = (
  createRequire(import.meta.url)('snk-verify/package.json') as { readonly version: string }
).version;

export const sha256 = (source: Uint8Array | string): string => createHash('sha256').update(source).digest('hex');

/** Time for one check, and of `prove` for all of a program, in milliseconds. */
export const defaultTimeout_ms = 600_000;

/**
 * When to stop, as `performance.now()` will say it. If there is an end for all of it, what is left until then is
 * divided among the stages that are to come.
 */
export const deadlineOf = (
  {
    timeout_ms = defaultTimeout_ms,
    until,
  }: { readonly timeout_ms?: number | undefined; readonly until?: number | undefined },
  stages = 1,
): number => {
  const now = performance.now();
  return until === undefined ? now + timeout_ms : now + Math.max(0, until - now) / stages;
};
