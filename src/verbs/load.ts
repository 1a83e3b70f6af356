import { defaultLimits, LimitReached, type Limits } from '../base/limits.js';
import { during } from '../base/phase.js';
import { tablesOf } from '../compiler/artefact.js';
import { type Compilation, compileTables } from '../compiler/compile.js';
import { mixedTables } from '../compiler/mixed-tables.js';
import { type Analysis, type AnalysisOptions, analyse, unrollFor } from '../events/analysis.js';
import type { EventStructure } from '../events/event-structure.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { ExecutionOptions } from '../execution/execution.js';
import { capabilities } from '../execution/semantics.js';
import type { Setting } from '../execution/state.js';
import { firstReason } from '../language/diagnostics.js';
import type { Program } from '../language/program.js';
import { type Reading, readProgram, type SourceFile } from '../language/read-program.js';
import { positionsOf } from '../language/source.js';
import { reasonToReject } from '../report/result/rejection.js';
import type { Rejection } from '../report/result/result.js';
import type { Tables } from '../tables/tables.js';
import { deadlineOf, defaultTimeout_ms, sha256 } from './common.js';
import { unreachedState } from './unreached-state.js';

/** How a program is loaded; the defaults are those of the command line (interface.md). */
export interface LoadOptions extends AnalysisOptions {
  /** How many packets enter at most: by default, loops are unrolled four times as far. */
  readonly packets?: number | undefined;
  /** Bound on the length of paths if the state can recur (spec 2.5). */
  readonly unroll?: number | undefined;
  /** Whether a program that is not locally determined (spec 2.2, condition 4) is accepted all the same. */
  readonly force?: boolean | undefined;
  /** Time for all that comes before the first execution, in milliseconds. */
  readonly timeout_ms?: number | undefined;
  /** A file of properties beside the program (spec 6.3). */
  readonly properties?: SourceFile | undefined;
}

/** What every verb does unless it is told otherwise (interface.md). */
export const defaults = {
  semantics: 'tagged',
  packets: 3,
  controller: true,
  force: false,
  timeout_ms: defaultTimeout_ms,
} as const;

/** The options of executions, with the defaults for those that are not given. */
export const executionOptions = ({
  semantics = defaults.semantics,
  packets = defaults.packets,
  controller = defaults.controller,
}: Partial<ExecutionOptions>): ExecutionOptions => ({ semantics, packets, controller });

/** The first stage: a text that has been read as a program. Each stage has all that the stages before it have. */
export interface Read {
  readonly ok: true;
  readonly reading: Extract<Reading, { ok: true }>;
  readonly program: Program;
  readonly origin: Tables['program'];
}

/** The second stage: the program with its analysis, which says what it means or why it has no meaning. */
export interface Analysed extends Read {
  readonly analysis: Analysis;
  readonly limits: Limits;
}

/** The third stage: a program with a meaning, so that it can be run, compiled and checked. */
export interface Accepted extends Analysed {
  readonly system: TransitionSystem;
  readonly structure: EventStructure;
}

/** The fourth stage: the program with the tables that switches run. */
export interface Compiled extends Accepted {
  readonly compilation: Compilation;
  readonly tables: Tables;
}

/** The program has no meaning (interface.md, `rejected`). */
export interface Rejected {
  readonly ok: false;
  readonly kind: 'rejected';
  readonly reading: Reading;
  readonly rejection: Rejection;
}

/** A limit was met, so that nothing is known of the program; `why` names the limit. */
export interface Limited {
  readonly ok: false;
  readonly kind: 'limit';
  readonly why: string;
  /** Whether it was time that ran out, rather than the program being too large. */
  readonly isTime: boolean;
}

/** Why a program does not come to a stage. */
export type NotReached = Rejected | Limited;

/** Something else than the program keeps a verb from its work, such as a switch that does not answer. */
export interface Hindered {
  readonly ok: false;
  readonly kind: 'impossible';
  readonly why: string;
}

/** What a document says of a program that did not get as far as its verb needs. */
export const whyNot = (
  refused: NotReached,
): { readonly rejected: Rejection } | { readonly rejected: null; readonly why: string } =>
  refused.kind === 'rejected' ? { rejected: refused.rejection } : { rejected: null, why: refused.why };

export const impossible = (why: string): Hindered => ({ ok: false, kind: 'impossible', why });

/**
 * Loads a program so that it can run: reads, analyses, and accepts it. All verbs begin here, so that all reject the
 * same programs for the same reasons. Never throws on account of the program. `file` is the name that is shown.
 */
export function load(source: Uint8Array | string, file: string, options: LoadOptions = {}): Accepted | NotReached {
  const text = read(source, file, options.properties);
  if (!text.ok) return text;
  const program = analysed(text, options);
  return program.ok ? accepted(program, options) : program;
}

/** Takes a text to the first stage. */
export function read(source: Uint8Array | string, file: string, properties?: SourceFile): Read | Rejected {
  const reading = during({ doing: 'reading', file }, () => readProgram(source, file, properties));
  if (!reading.ok) return { ok: false, kind: 'rejected', reading, rejection: rejectionOfText(reading) };
  return { ok: true, reading, program: reading.program, origin: { file, sha256: sha256(source) } };
}

/** Takes a program to the second stage. */
export function analysed(text: Read, options: LoadOptions): Analysed | Limited {
  const limits = { ...defaultLimits, deadline: deadlineOf(options) };
  const unroll = unrollFor(options.packets ?? defaults.packets, options.unroll);
  const { file } = text.origin;
  return during({ doing: 'analysing', file }, () =>
    withinLimits(() => ({ ...text, analysis: analyse(text.program, unroll, limits, options), limits })),
  );
}

/** Takes a program to the third stage; `force` overlooks the last condition of spec 2.2. */
export function accepted(
  program: Analysed,
  { force = defaults.force }: Pick<LoadOptions, 'force'>,
): Accepted | Rejected {
  const { reading, analysis } = program;
  const { broken, system, structure } = analysis;
  const unreached = system && unreachedState(program.program, system, program.origin.file);
  if (unreached) return { ok: false, kind: 'rejected', reading, rejection: unreached };
  if (broken && !(force && 'code' in broken && broken.code === 'nonlocal'))
    return { ok: false, kind: 'rejected', reading, rejection: rejectionOfProgram(program, broken) };
  if (!structure) throw new Error('a program that is not rejected has no event structure');
  return { ...program, system, structure };
}

/** Takes a program to the fourth stage, or says what it needs more of than switches have. */
export const compiled = (program: Accepted): Compiled | Limited =>
  during({ doing: 'compiling', file: program.origin.file }, () =>
    withinLimits(() => {
      const compilation = compileTables(program);
      return { ...program, compilation, tables: tablesOf(compilation, program.origin) };
    }),
  );

/** A program that runs by the rules of a semantics. */
export const settingOf = (
  { program, system, structure }: Accepted,
  { semantics, controller }: Pick<ExecutionOptions, 'semantics' | 'controller'>,
): Setting => ({ program, system, structure, semantics, controller });

/** A program with what switches run of it under a semantics. */
export interface Runnable {
  readonly ok: true;
  readonly setting: Setting;
  /** The compiled tables or, where there are no tags, those in which each switch goes by its own event-set. */
  readonly tables: Tables;
}

export function runnable(program: Accepted, how: Parameters<typeof settingOf>[1]): Runnable | Limited {
  const setting = settingOf(program, how);
  if (capabilities[how.semantics].forwardsBy === 'version')
    return withinLimits(() => ({ ok: true, setting, tables: mixedTables(program, program.origin) }));
  const made = compiled(program);
  return made.ok ? { ok: true, setting, tables: made.tables } : made;
}

/** The outcome of an attempt, or the limit that it has met. */
export function withinLimits<Outcome>(attempt: () => Outcome): Outcome | Limited {
  try {
    return attempt();
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return limited(error);
  }
}

/** What was wanted, for callers whose programs are their own, and so must not be refused. @throws if it was refused */
export function orThrow<Outcome extends { readonly ok: true }>(outcome: Outcome | NotReached | Hindered): Outcome {
  if (outcome.ok) return outcome;
  throw new Error(outcome.kind === 'rejected' ? `${outcome.reading.file}: ${outcome.rejection.message}` : outcome.why);
}

export const limited = ({ message: why, isTime }: LimitReached): Limited => ({ ok: false, kind: 'limit', why, isTime });

function rejectionOfText(reading: Extract<Reading, { ok: false }>): Rejection {
  const first = firstReason(reading.diagnostics)!;
  const diagnostics = reading.diagnostics.map(({ code, rule, message, line, column }) => {
    return { code, rule, message, line, column };
  });
  const { code, message, line, column } = first;
  return { code, message, line, column, details: { diagnostics } };
}

function rejectionOfProgram({ program, reading, analysis }: Analysed, broken: Required<Analysis>['broken']): Rejection {
  const { rejection, occurrence } = reasonToReject(program, analysis, broken!);
  const start = occurrence === undefined ? undefined : program.occurrences[occurrence - 1]?.start;
  const place = start === undefined ? undefined : positionsOf(reading.text, [start]).get(start);
  return { ...rejection, line: place?.line ?? null, column: place?.column ?? null };
}
