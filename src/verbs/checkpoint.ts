import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import type { Keeper } from '../engines/engine.js';
import type { ShownCheck } from '../report/result/result.js';
import type { CheckName } from '../theorems/checks.js';

/**
 * What has a checkpoint of its own: each check, all that Z3 has proved, and, where Z3 proves nothing, the program
 * alone, so that there is one while it is still being analysed.
 */
export type CheckpointName = CheckName | 'proofs' | 'program';

/** Where checkpoints are kept, by name. */
export interface CheckpointFolder {
  readonly read: (name: CheckpointName) => Uint8Array | undefined;
  /** Replaces what was there, wholly or not at all. Gives a message if that cannot be done. */
  readonly write: (name: CheckpointName, bytes: Uint8Array) => string | undefined;
  /** Is called once with the reason if nothing can be kept; the check goes on all the same. */
  readonly onProblem: (message: string) => void;
}

/** What identifies a checkpoint: a check goes on from it only if all of this is the same. */
export interface CheckpointOf {
  readonly version: string;
  readonly program: string;
  readonly options: Readonly<Record<string, string | number | boolean>>;
}

/** A check cannot go on from a checkpoint; the message tells the user why. */
export class CheckpointError extends Error {}

/** One check, decided or under way; or the proofs. */
interface Content {
  readonly of: CheckpointOf;
  readonly decided?: ShownCheck;
  readonly work?: unknown;
}

/** The checkpoint of one check, or of the proofs. */
export interface Checkpoint {
  /** The verdict, if it is known from before. */
  readonly decided: ShownCheck | undefined;
  readonly decide: (shown: ShownCheck) => void;
  readonly keeper: Keeper;
}

const magic = Buffer.from('snk-verify checkpoint 1\n');
/**
 * How long to wait for the first checkpoint, in ms; each further one may wait as long as there has been work, so that
 * at most half is ever lost, and no longer than until what is lost comes to 10 s; but a few times what the last one
 * took.
 */
const first_ms = 250;
const most_ms = 10_000;
const patience = 3;

const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/**
 * Opens a checkpoint. If there is none yet, an empty one is written at once: whoever cannot keep any hears of it
 * before there is work to lose. @throws CheckpointError
 */
export function openCheckpoint(folder: CheckpointFolder, name: CheckpointName, of: CheckpointOf): Checkpoint {
  const before = read(folder.read(name), of);
  const { decided, work: kept } = before ?? {};
  const begun = performance.now();
  let due = begun + first_ms;
  let hasFailed = false;
  const write = (content: Content): void => {
    if (hasFailed) return;
    const start = performance.now();
    const body = serialize(content);
    const problem = folder.write(name, Buffer.concat([magic, digest(body), body]));
    hasFailed = problem !== undefined;
    if (problem !== undefined) folder.onProblem(problem);
    const now = performance.now();
    const took_ms = now - start;
    due = now + Math.max(Math.min(now - begun, most_ms - 2 * took_ms), patience * took_ms);
  };
  const keep = (work: () => unknown): void => write({ of, work: work() });
  if (!before) {
    write({ of });
    due = begun + first_ms;
  }
  return {
    decided,
    decide: (shown) => write({ of, decided: shown }),
    keeper: {
      kept,
      offer: (work) => {
        if (performance.now() >= due) keep(work);
      },
      keep,
    },
  };
}

function read(bytes: Uint8Array | undefined, of: CheckpointOf): Content | undefined {
  if (!bytes) return undefined;
  const header = magic.length + digest(magic).length;
  if (bytes.length < header || !magic.equals(bytes.subarray(0, magic.length)))
    throw new CheckpointError('it is no checkpoint of this tool');
  const body = bytes.subarray(header);
  if (!digest(body).equals(bytes.subarray(magic.length, header)))
    throw new CheckpointError('it is damaged: its content does not have the checksum that it names');
  const content = deserialize(body) as Content;
  const was = content.of;
  const differing = [
    was.version === of.version ? [] : [`version ${was.version} of this tool wrote it, and this is ${of.version}`],
    was.program === of.program ? [] : ['it is of another program, or of another state of this one'],
    Object.keys({ ...was.options, ...of.options })
      .filter((name) => was.options[name] !== of.options[name])
      .map((name) => `its --${name} is ${was.options[name]}, not ${of.options[name]}`),
  ].flat();
  if (differing.length > 0) throw new CheckpointError(differing.join('; '));
  return content;
}
