import { arrayOf, objectWith, textOption } from '../base/arguments.js';
import {
  callback,
  flagOption,
  type KnownOptions,
  milliseconds,
  nameAmong,
  namesAmong,
  wholeFrom,
} from '../base/options.js';
import type { Semantics } from '../execution/execution.js';
import { semanticsNames } from '../execution/semantics.js';
import type { SourceFile } from '../language/read-program.js';
import { type Reductions, reductionNames } from '../network/reductions/reductions.js';
import type { Tables } from '../tables/tables.js';
import type { CheckName } from '../theorems/checks.js';
import type { CheckpointFolder } from './checkpoint.js';
import { type CrossCheck, crossCheckNames } from './cross-check.js';

/** How to check a program; the defaults are those of the command line (interface.md). */
export interface CheckOptions {
  /** Default `tagged`. */
  readonly semantics?: Semantics;
  /** Which definition of Theorem 1; default `both`. */
  readonly spec?: 'paper' | 'causal' | 'both';
  /** A file of properties beside the program (spec 6.3). */
  readonly properties?: SourceFile;
  /**
   * What is checked, by the names of the checks: `lemma3`, `theorem1.paper`, `theorem1.causal`, `strong`,
   * `property.NAME`, or `properties` for all of these; default: the theorems, as `spec` says, and all properties.
   */
  readonly checks?: readonly string[];
  /** The name of a property for which a shortest execution is wanted that satisfies its premise and keeps it. */
  readonly witness?: string;
  /** How many packets enter at most; default 3. */
  readonly packets?: number;
  /** Whether there are CTRLSEND steps; default true. */
  readonly controller?: boolean;
  /**
   * What decides within the bounds: `explore`, every state; `smt`, Z3, over symbolic packets and schedules. `all`, the
   * default: under `tagged` first by Z3, whether the tables that switches run do what the program says, for all
   * packets, and proofs for any number of packets; then exploration of what is not proved, and of the rest as a
   * cross-check.
   */
  readonly engine?: 'explore' | 'smt' | 'all';
  /**
   * How far `all` explores what it has proved, to test proof and exploration by each other: `budget`, the default,
   * about as long as the proofs took; `full`, up to `packets`; `off`, not at all.
   */
  readonly crossCheck?: CrossCheck;
  /** What makes an exploration smaller without changing what it finds; default: all of it. */
  readonly reduce?: Reductions;
  /** The tables that switches run (`tagged` only); default: those that the compiler makes of the program. */
  readonly tables?: Tables;
  /** Check although the program is not locally determined (spec 2.2, condition 4); default false. */
  readonly force?: boolean;
  /** Whether the state is taken as one block (spec 2.4), to compare the verdicts; for tests. Default false. */
  readonly isOneBlock?: boolean;
  /** Bound on the length of paths if the transition system has loops (spec 2.5); default 4 × packets. */
  readonly unroll?: number;
  /** States visited for one check, past which it is `unknown`; default 20 million. */
  readonly maxStates?: number;
  /**
   * Memory that the process may use from now on, for states, heap and Z3 together, in bytes; past it a check is
   * `unknown`. Default half of what was free when the process began.
   */
  readonly maxMemory_bytes?: number;
  /**
   * Time for one check, its proof included (which has half of it at most), and for what comes before the first, in
   * milliseconds; past it a check is `unknown`. Default 10 minutes.
   */
  readonly timeout_ms?: number;
  /**
   * When all of it is to end, as `performance.now()` will say it, whatever `timeout_ms` is: then proofs have no other
   * limit (`prove`).
   */
  readonly until?: number;
  /** How many checks are explored at the same time, each in a thread of its own; default 1. The result is the same. */
  readonly workers?: number;
  /** The folder in which checks are kept while they run, and from which they go on: see `openCheckpoint`. */
  readonly resume?: CheckpointFolder;
  /** Whether to say what executions within the bounds use of the program, and what any packet can; default false. */
  readonly coverage?: boolean;
  /** Called now and then while states are explored. */
  readonly onProgress?: (check: CheckName, states: number, packets: number) => void;
}

/** What each of them takes. */
export const checkOptions: KnownOptions<CheckOptions> = {
  semantics: nameAmong(semanticsNames),
  spec: nameAmong(['paper', 'causal', 'both']),
  properties: objectWith('a file of properties, its source and its name', 'source', 'file'),
  checks: arrayOf('names of checks', textOption),
  witness: textOption,
  packets: wholeFrom(0),
  controller: flagOption,
  engine: nameAmong(['explore', 'smt', 'all']),
  crossCheck: nameAmong(crossCheckNames),
  reduce: namesAmong(reductionNames),
  tables: objectWith('the tables that readTables or compile gives', 'switches', 'program'),
  force: flagOption,
  isOneBlock: flagOption,
  unroll: wholeFrom(1),
  maxStates: wholeFrom(1),
  maxMemory_bytes: wholeFrom(1),
  timeout_ms: milliseconds,
  until: milliseconds,
  workers: wholeFrom(1),
  resume: objectWith('a folder for checkpoints', 'read', 'write', 'onProblem'),
  coverage: flagOption,
  onProgress: callback,
};
