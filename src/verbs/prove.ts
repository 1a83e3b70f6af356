import { defaultLimits, LimitReached } from '../base/limits.js';
import { tablesOf } from '../compiler/artefact.js';
import { type Compilable, compileTables } from '../compiler/compile.js';
import { analyse } from '../events/analysis.js';
import { type Reading, readProgram } from '../language/read-program.js';
import type { Rejection, Result } from '../report/result/result.js';
import {
  type Certificate,
  type CertifiedCheck,
  type CertifiedName,
  certificateFormat,
  certificateVersion,
  provedChecks,
  readCertificate,
} from '../smt/certificates/certificate.js';
import { compareCertificate, type Regenerated } from '../smt/certificates/compare.js';
import { askAgain, askFile } from '../smt/certificates/re-ask.js';
import { readAnswers, splitScripts, writeScripts } from '../smt/certificates/scripts.js';
import { obligationsOf, whyUnprovable } from '../smt/proofs/obligations.js';
import { sharedSession } from '../smt/solver/shared-session.js';
import { tablesObligations } from '../smt/tables/validate.js';
import type { Tables } from '../tables/tables.js';
import { type CheckName, checkNames } from '../theorems/checks.js';
import { check } from './check.js';
import type { CheckOptions } from './check-options.js';
import { deadlineOf, rejectProgram, rejectText, sha256, version } from './common.js';

/** How to prove. `packets` bounds what has no proof, default 3. */
export type ProveOptions = Pick<CheckOptions, 'packets' | 'unroll' | 'timeout_ms' | 'onProgress'>;

/** The two files of a certificate, as text; the certificate without the solvers of whoever writes it. */
export interface Proof {
  readonly certificate: Omit<Certificate, 'solvers'>;
  readonly scripts: string;
}

/** A program's verdicts under `tagged`, and the proof of those that are proved; none if the program is rejected. */
export interface Proved {
  readonly reading: Reading;
  readonly result: Result;
  readonly proof: Proof | undefined;
}

/** Proves what can be proved of a program for any number of packets, and explores the rest within bounds. */
export async function prove(source: Uint8Array | string, file: string, options: ProveOptions = {}): Promise<Proved> {
  const { reading, result } = await check(source, file, { ...options, semantics: 'tagged', engine: 'all' });
  const { checks, rejected } = result;
  if (!reading.ok || rejected || !checkNames.every((name) => checks[name]))
    return { reading, result, proof: undefined };
  const certified = (name: CheckName): CertifiedCheck => {
    const { status, why, unproved } = checks[name]!;
    const reason = why ?? unproved;
    if (status === 'proved') return { status, ...(reason === undefined ? {} : { why: reason }) };
    return { status, packets: result.options.packets, ...(reason === undefined ? {} : { why: reason }) };
  };
  const { tables } = checks;
  const named = {
    ...(tables ? { tables: { status: tables.status, ...(tables.why === undefined ? {} : { why: tables.why }) } } : {}),
    lemma3: certified('lemma3'),
    'theorem1.paper': certified('theorem1.paper'),
    'theorem1.causal': certified('theorem1.causal'),
  };
  const { bound } = result.nes ?? {};
  const unroll = bound ?? undefined;
  const made = regenerate(reading, source, file, provedChecks({ checks: named }), { ...options, unroll });
  if (!('obligations' in made)) throw new Error(`what was proved cannot be made again: ${JSON.stringify(made)}`);
  const scripts = writeScripts(made.title, made.obligations);
  return {
    reading,
    result,
    proof: {
      scripts,
      certificate: {
        format: certificateFormat,
        version: certificateVersion,
        tool: { name: 'snk-verify', version },
        program: { file, sha256: made.program.sha256 },
        ...(made.tables ? { tables: made.tables } : {}),
        ...(unroll === undefined ? {} : { unroll }),
        semantics: 'tagged',
        checks: named,
        scripts: { sha256: sha256(scripts) },
        obligations: made.obligations.map(({ name, claim, script }) => ({ name, claim, sha256: sha256(script) })),
      },
    },
  };
}

/** What became of re-checking a certificate. */
export interface Rechecked {
  readonly reading: Reading;
  readonly rejected: Rejection | null;
  /** Everything that is wrong, each in a line; empty if the certificate is what it says. */
  readonly problems: readonly string[];
  /** What the certificate says is proved. */
  readonly proved: readonly CertifiedName[];
  readonly obligations: number;
  /** The solver inside, by its version. */
  readonly solver: string;
}

/** What Z3 has found unsatisfiable when it was asked again, in this process. */
const settled = new Set<string>();

/**
 * Re-checks a certificate without searching for anything: makes the obligations again from the program, compares them with those
 * stored, and asks Z3 about each. What other solvers say to the stored scripts, `judgeAnswers` reads.
 */
export async function recheck(
  source: Uint8Array | string,
  file: string,
  stored: { readonly certificate: string; readonly scripts: string },
  options: Pick<ProveOptions, 'timeout_ms'> = {},
): Promise<Rechecked> {
  const reading = readProgram(source, file);
  const nothing = { reading, rejected: null, problems: [], proved: [], obligations: 0, solver: '' };
  if (!reading.ok) return { ...nothing, rejected: rejectText(reading) };
  const read = readCertificate(stored.certificate);
  if ('problems' in read) return { ...nothing, problems: read.problems };
  const proved = provedChecks(read.certificate);
  // The name that the program had is part of what was written; which file it is now does not matter.
  const { program, unroll } = read.certificate;
  const made = regenerate(reading, source, program.file, proved, { ...options, unroll });
  if ('rejected' in made) return { ...nothing, rejected: made.rejected };
  if ('problem' in made) return { ...nothing, problems: [made.problem] };

  const problems = compareCertificate({ certificate: read.certificate, scripts: stored.scripts }, made, sha256);
  const session = sharedSession();
  const timeout_ms = options.timeout_ms ?? 600_000;
  if (problems.length === 0) problems.push(...(await askAgain(session, made.obligations, settled, timeout_ms)));
  else {
    // The scripts are not those of the program, so nothing that Z3 says of them helps; but it may tell what is wrong with them.
    const names = splitScripts(stored.scripts).map(({ name }) => name);
    problems.push(...(await askFile(session, names, stored.scripts, timeout_ms)));
  }
  return { ...nothing, problems, proved, obligations: made.obligations.length, solver: await solverVersion() };
}

/** What is wrong with what a solver has said to stored scripts, each in a line. */
export const judgeAnswers = (scripts: string, output: string): string[] =>
  readAnswers(
    splitScripts(scripts).map(({ name }) => name),
    output,
  );

/** The solver inside, by its version. */
export async function solverVersion(): Promise<string> {
  const reply = await sharedSession().evaluate('(reset)\n(get-info :version)', 60_000);
  const found = reply.kind === 'text' ? /"([^"]+)"/.exec(reply.text)?.[1] : undefined;
  if (found === undefined) throw new Error(`Z3 does not say its version: ${JSON.stringify(reply)}`);
  return `Z3 ${found} (embedded)`;
}

/** Asked for only where there are no loops, and then of no account. */
const defaultUnroll = 12;

/** All that a certificate of some proved checks is compared with, or why it cannot be made. */
function regenerate(
  reading: Extract<Reading, { ok: true }>,
  source: Uint8Array | string,
  file: string,
  proved: readonly CertifiedName[],
  options: { readonly unroll: number | undefined; readonly timeout_ms?: number },
): Regenerated | { readonly problem: string } | { readonly rejected: Rejection } {
  const limits = { ...defaultLimits, deadline: deadlineOf(options) };
  const { program } = reading;
  try {
    const analysis = analyse(program, options.unroll ?? defaultUnroll, limits);
    const rejected = rejectProgram(reading, analysis, false);
    if (rejected) return { rejected };
    const { system, structure } = analysis;
    if (!structure) return { problem: 'the program has no event structure' };
    const provable = { program, system, structure, limits };
    const theorems = checkNames.filter((name) => proved.includes(name));
    for (const check of theorems) {
      const unprovable = whyUnprovable(provable, check);
      if (unprovable) return { problem: `${check}: ${unprovable}` };
    }
    const origin = { file, sha256: sha256(source) };
    const tables = tablesFor(provable, origin);
    if (proved.includes('tables') && !tables)
      return { problem: 'the program needs more than switches have, so there are no tables' };
    const ofTables = proved.includes('tables') && tables ? tablesObligations(provable, tables) : [];
    return {
      title: `Proof obligations of ${file}: ${proved.join(', ') || 'nothing is proved'}`,
      program: origin,
      tables: tables && { sha256: sha256(`${JSON.stringify(tables, null, 2)}\n`) },
      obligations: [...ofTables, ...[...obligationsOf(provable, theorems).values()].flat()],
    };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return { problem: error.message };
  }
}

/** The tables as `snk-verify compile` writes them, unless the program needs more than switches have. */
function tablesFor(compilable: Compilable, origin: Tables['program']): Tables | undefined {
  try {
    return tablesOf(compileTables(compilable), origin);
  } catch (error) {
    if (error instanceof LimitReached && !error.isTime) return undefined;
    throw error;
  }
}
