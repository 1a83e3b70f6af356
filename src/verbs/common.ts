import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';

/** The version of this tool, as package.json has it. */
export const version: string = (
  createRequire(import.meta.url)('snk-verify/package.json') as { readonly version: string }
).version;

export const sha256 = (source: Uint8Array | string): string => createHash('sha256').update(source).digest('hex');

/** When to stop, as `performance.now()` will say it. */
export const deadlineOf = ({ timeout_ms = 600_000 }: { readonly timeout_ms?: number | undefined }): number =>
  performance.now() + timeout_ms;
