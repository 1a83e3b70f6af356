import { assertArguments, objectWith, textOption } from '../base/arguments.js';
import { assertOptions, assertProgram, flagOption } from '../base/options.js';
import type { Reading } from '../language/read-program.js';
import type { Result } from '../report/result/result.js';
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
import { readAnswers, splitScripts, unansweredIn, writeScripts } from '../smt/certificates/scripts.js';
import { obligationsOf, whyUnprovable } from '../smt/proofs/obligations.js';
import { sharedSession } from '../smt/solver/shared-session.js';
import { tablesObligations } from '../smt/tables/validate.js';
import { byTheorem, checkNames, checks as everyCheck, type TheoremName } from '../theorems/checks.js';
import { check } from './check.js';
import { type CheckOptions, checkOptions } from './check-options.js';
import { deadlineOf, defaultTimeout_ms, sha256, version } from './common.js';
import {
  accepted,
  analysed,
  compiled,
  type LoadOptions,
  type NotReached,
  type Read,
  read,
  withinLimits,
} from './load.js';

/** How to prove. `packets` bounds what has no proof, default 3. */
export type ProveOptions = Pick<CheckOptions, 'packets' | 'unroll' | 'crossCheck' | 'timeout_ms' | 'onProgress'>;

const proveOptions = {
  packets: checkOptions.packets,
  unroll: checkOptions.unroll,
  crossCheck: checkOptions.crossCheck,
  timeout_ms: checkOptions.timeout_ms,
  onProgress: checkOptions.onProgress,
};

/**
 * The two files of a certificate, as text. The solvers are still missing in it: whoever writes it down adds those
 * asked.
 */
export interface Proof {
  readonly certificate: Omit<Certificate, 'solvers'>;
  readonly scripts: string;
}

/** A program's verdicts under `tagged`, and the proof of those that are proved; none if the program is rejected. */
export interface Proved {
  readonly reading: Reading;
  readonly result: Result;
  readonly proof: Proof | undefined;
  /** Why there is no certificate of what is proved: the limit that was met while it was made. */
  readonly late?: string;
}

/**
 * Proves what can be proved of a program for any number of packets, and explores the rest within bounds, and what is
 * proved as a cross-check.
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { prove } from 'snk-verify';
 *
 * const file = 'models/firewall.snk';
 * const source = readFileSync(file, 'utf8');
 * const { proof } = await prove(source, file);
 * console.log(proof?.certificate.checks.lemma3.status); // proved
 * ```
 */
export async function prove(source: Uint8Array | string, file: string, options: ProveOptions = {}): Promise<Proved> {
  assertProgram('prove', source, file);
  assertOptions('prove', options, proveOptions);
  const until = deadlineOf(options);
  const { reading, result } = await check(source, file, { ...options, until, semantics: 'tagged', engine: 'all' });
  const { checks, rejected } = result;
  const text = read(source, file);
  if (!text.ok || rejected || !checkNames.every((name) => checks[name])) return { reading, result, proof: undefined };
  const certified = (name: TheoremName): CertifiedCheck => {
    const { status, why, unproved } = checks[name]!;
    const reason = why ?? unproved;
    if (status === 'proved') return { status, ...(reason === undefined ? {} : { why: reason }) };
    return { status, packets: result.options.packets, ...(reason === undefined ? {} : { why: reason }) };
  };
  const { tables } = checks;
  const named = {
    ...(tables ? { tables: { status: tables.status, ...(tables.why === undefined ? {} : { why: tables.why }) } } : {}),
    ...byTheorem(certified),
  };
  const { bound } = result.nes ?? {};
  const unroll = bound ?? undefined;
  const proved = provedChecks({ checks: named });
  // A certificate of nothing would be one all the same, and replace what was there.
  if (proved.length === 0) return { reading, result, proof: undefined };
  const left_ms = Math.max(leastTime_ms, until - performance.now());
  const made = regenerate(text, proved, { ...options, timeout_ms: left_ms, unroll });
  if ('kind' in made && made.kind === 'limit') return { reading, result, proof: undefined, late: made.why };
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
        ...(unroll === undefined ? {} : { unroll, packets: result.options.packets }),
        semantics: 'tagged',
        checks: named,
        scripts: { sha256: sha256(scripts) },
        obligations: made.obligations.map(({ name, claim, script }) => ({ name, claim, sha256: sha256(script) })),
      },
    },
  };
}

/** The obligations of what was proved are made again, for the certificate, in this time at least. */
const leastTime_ms = 1_000;

/** What became of re-checking a certificate. */
export interface Rechecked {
  readonly ok: true;
  /** Everything that is wrong, each in a line; empty if the certificate is what it says. */
  readonly problems: readonly string[];
  /**
   * What Z3 inside was not done with when its time was over, in a line: then nothing is known to be wrong, nor all to
   * be right.
   */
  readonly open: readonly string[];
  /** What the certificate says is proved. */
  readonly proved: readonly CertifiedName[];
  readonly obligations: number;
  /** The solver inside, by its version. */
  readonly solver: string;
}

/** What Z3 has found unsatisfiable when it was asked again, in this process. */
const settled = new Set<string>();

/**
 * Re-checks a certificate without searching for anything: makes the obligations again from the program, compares them
 * with those stored, and asks Z3 about each. What other solvers say to the stored scripts, `judgeAnswers` reads.
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { recheck } from 'snk-verify';
 *
 * const file = 'models/firewall.snk';
 * const source = readFileSync(file, 'utf8');
 * const certificate = readFileSync('proofs/firewall.json', 'utf8');
 * const scripts = readFileSync('proofs/firewall.smt2', 'utf8');
 * const rechecked = await recheck(source, file, { certificate, scripts });
 * console.log(rechecked.ok && rechecked.problems.length); // 0
 * ```
 */
export async function recheck(
  source: Uint8Array | string,
  file: string,
  stored: { readonly certificate: string; readonly scripts: string },
  options: Pick<ProveOptions, 'timeout_ms'> = {},
): Promise<Rechecked | NotReached> {
  assertProgram('recheck', source, file);
  const files = objectWith('the two files of a certificate as strings, { certificate, scripts }');
  assertArguments('recheck', { stored: [stored, files] });
  const { certificate, scripts } = stored;
  assertArguments('recheck', {
    'stored.certificate': [certificate, textOption],
    'stored.scripts': [scripts, textOption],
  });
  assertOptions('recheck', options, { timeout_ms: checkOptions.timeout_ms });
  const text = read(source, file);
  if (!text.ok) return text;
  const nothing = { ok: true, problems: [], open: [], proved: [], obligations: 0, solver: '' } as const;
  const certified = readCertificate(stored.certificate);
  if ('problems' in certified) return { ...nothing, problems: certified.problems };
  const proved = provedChecks(certified.certificate);
  // The name that the program had is part of what was written; which file it is now does not matter.
  const { program, unroll, packets } = certified.certificate;
  const written = { ...text, origin: { ...text.origin, file: program.file } };
  const made = regenerate(written, proved, { ...options, unroll, packets });
  if ('ok' in made) return made;
  if ('problem' in made) return { ...nothing, problems: [made.problem] };

  const problems = compareCertificate({ certificate: certified.certificate, scripts: stored.scripts }, made, sha256);
  const session = sharedSession();
  const timeout_ms = options.timeout_ms ?? defaultTimeout_ms;
  // If the scripts are not those of the program, nothing that Z3 says of them helps; but it may tell what is wrong with
  // them.
  const names = splitScripts(stored.scripts).map(({ name }) => name);
  const asked =
    problems.length === 0
      ? await askAgain(session, made.obligations, settled, timeout_ms)
      : await askFile(session, names, stored.scripts, timeout_ms);
  for (const problem of asked.problems) problems.push(problem);
  const { open } = asked;
  return { ...nothing, problems, open, proved, obligations: made.obligations.length, solver: await solverVersion() };
}

/** What is wrong with what a solver has said to stored scripts, each in a line; and what it has said nothing to. */
export interface Judged {
  readonly problems: readonly string[];
  /** Of a solver that was stopped: of another, an answer that is missing is a problem. */
  readonly unanswered: readonly string[];
}

/**
 * Judges the answers of a solver; `isStopped` if it was not heard to the end.
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { judgeAnswers } from 'snk-verify';
 *
 * const scripts = readFileSync('proofs/firewall.smt2', 'utf8');
 * // A solver that has not said anything has proved nothing.
 * console.log(judgeAnswers(scripts, '').problems.length > 0); // true
 * ```
 */
export function judgeAnswers(scripts: string, output: string, isStopped = false): Judged {
  assertArguments('judgeAnswers', {
    scripts: [scripts, textOption],
    output: [output, textOption],
    isStopped: [isStopped, flagOption],
  });
  const names = splitScripts(scripts).map(({ name }) => name);
  const unanswered = isStopped ? unansweredIn(names, output) : [];
  const open = new Set(unanswered);
  // The name of what it was at when it was stopped has been said already.
  const said = output
    .split('\n')
    .filter((line) => !open.has(line.trim().replace(/^"(.*)"$/, '$1')))
    .join('\n');
  return {
    problems: readAnswers(
      names.filter((name) => !open.has(name)),
      said,
    ),
    unanswered,
  };
}
/**
 * The solver inside, by its version.
 * @example
 * ```ts
 * import { solverVersion } from 'snk-verify';
 *
 * console.log((await solverVersion()).startsWith('Z3 ')); // true
 * ```
 */
export async function solverVersion(): Promise<string> {
  const reply = await sharedSession().evaluate('(reset)\n(get-info :version)', 60_000);
  const found = reply.kind === 'text' ? /"([^"]+)"/.exec(reply.text)?.[1] : undefined;
  if (found === undefined) throw new Error(`Z3 does not say its version: ${JSON.stringify(reply)}`);
  return `Z3 ${found} (embedded)`;
}

/** All that a certificate of some proved checks is compared with, or why it cannot be made. */
function regenerate(
  text: Read,
  proved: readonly CertifiedName[],
  options: Pick<LoadOptions, 'unroll' | 'packets' | 'timeout_ms'>,
): Regenerated | { readonly problem: string } | NotReached {
  const meaning = analysed(text, options);
  if (!meaning.ok) return meaning;
  const provable = accepted(meaning, {});
  if (!provable.ok) return provable;
  // The tables as `snk-verify compile` writes them, unless the program needs more than switches have.
  const made = compiled(provable);
  if (!made.ok && made.isTime) return made;
  if (!made.ok && proved.includes('tables'))
    return { problem: 'the program needs more than switches have, so there are no tables' };
  const tables = made.ok ? made.tables : undefined;
  return withinLimits(() => {
    const theorems = everyCheck.filter(({ name }) => proved.some((one) => one === name));
    for (const check of theorems) {
      const unprovable = whyUnprovable(provable, check);
      if (unprovable) return { problem: `${check.name}: ${unprovable}` };
    }
    const ofTables = proved.includes('tables') && tables ? tablesObligations(provable, tables) : [];
    return {
      title: `Proof obligations of ${text.origin.file}: ${proved.join(', ') || 'nothing is proved'}`,
      program: text.origin,
      tables: tables && { sha256: sha256(`${JSON.stringify(tables, null, 2)}\n`) },
      obligations: [...ofTables, ...[...obligationsOf(provable, theorems).values()].flat()],
    };
  });
}
