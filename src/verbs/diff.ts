import { type ArgumentKind, OptionError, shown } from '../base/arguments.js';
import { assertOptions, flagOption, type KnownOptions, programText } from '../base/options.js';
import { during } from '../base/phase.js';
import { type DiffedProgram, differencesOf } from '../difference/difference.js';
import type { DeclaredAddresses } from '../difference/network.js';
import type { ComparedProgram, Comparison } from '../report/difference/document.js';
import { type CheckOptions, checkOptions } from './check-options.js';
import { sha256, version } from './common.js';
import { type Accepted, load, type NotReached, withinLimits } from './load.js';

/** The text of a program, and the name to show it by. */
export interface NamedProgram {
  readonly file: string;
  readonly source: Uint8Array | string;
}

/** What there is to say of two programs. */
export interface Diffed {
  readonly comparison: Comparison;
  /** The programs that could not be compared, and why: those that have no meaning, or met a limit. */
  readonly refused: readonly { readonly file: string; readonly why: NotReached }[];
}

/** How to compare two programs. */
export interface DiffOptions extends Pick<CheckOptions, 'force' | 'unroll' | 'timeout_ms'> {
  /** Whether to list every difference, one for each pair of states and host; default false: the nearest one. */
  readonly all?: boolean;
}

const { force, unroll, timeout_ms } = checkOptions;
const diffOptions: KnownOptions<DiffOptions> = { all: flagOption, force, unroll, timeout_ms };

/**
 * What two programs differ in (spec 7): in hosts and links; in what becomes of packets, and which events can come next,
 * after the same events. Never throws on account of the programs.
 * @example
 * ```ts
 * import { diff } from 'snk-verify';
 *
 * const [before, after] = ['pt=1 & tcp_dst=22; pt<-2', 'pt=1 & tcp_dst=80; pt<-2'].map((policy) => ({
 *   file: 'ports.snk',
 *   source: `host A @ 1:1; host B @ 1:2; policy ${policy}`,
 * }));
 * console.log(diff(before!, after!).comparison.status); // different
 * ```
 */
export function diff(before: NamedProgram, after: NamedProgram, options: DiffOptions = {}): Diffed {
  assertNamed('the old program', before);
  assertNamed('the new program', after);
  assertOptions('diff', options, diffOptions);
  const loaded = { old: load(before.source, before.file, options), new: load(after.source, after.file, options) };
  const base = {
    tool: { name: 'snk-verify', version } as const,
    old: programOf(before, loaded.old),
    new: programOf(after, loaded.new),
  };
  const refused = [
    ...(loaded.old.ok ? [] : [{ file: before.file, why: loaded.old }]),
    ...(loaded.new.ok ? [] : [{ file: after.file, why: loaded.new }]),
  ];
  const reasons = refused.map(({ why }) => why);
  if (reasons.some(({ kind }) => kind === 'rejected')) return { comparison: { ...base, status: 'rejected' }, refused };
  const limit = reasons.find((why) => why.kind === 'limit');
  if (limit) return { comparison: { ...base, status: 'unknown', why: limit.why }, refused };
  const programs = { old: comparedOf(loaded.old as Accepted), new: comparedOf(loaded.new as Accepted) };
  const { limits } = loaded.new as Accepted;
  const found = during({ doing: 'comparing', file: `${before.file} and ${after.file}` }, () =>
    withinLimits(() => ({ ok: true as const, ...differencesOf(programs, limits, options.all ?? false) })),
  );
  if (!found.ok) return { comparison: { ...base, status: 'unknown', why: found.why }, refused };
  const { differences, more, pairs } = found;
  const status = differences.length === 0 ? 'same' : 'different';
  return { comparison: { ...base, status, differences, more, pairs }, refused };
}

const namedProgram: ArgumentKind = {
  takes: "an object such as { file: 'firewall.snk', source: '…' }",
  isIt: (value) => {
    const { file, source } = (value ?? {}) as Partial<NamedProgram>;
    return typeof file === 'string' && programText.isIt(source);
  },
};

/** @throws OptionError */
function assertNamed(what: string, program: NamedProgram): void {
  if (!namedProgram.isIt(program))
    throw new OptionError(`diff: ${what} takes ${namedProgram.takes}, not ${shown(program)}`);
}

const programOf = ({ file, source }: NamedProgram, loaded: Accepted | NotReached): ComparedProgram => ({
  file,
  sha256: sha256(source),
  rejected: !loaded.ok && loaded.kind === 'rejected' ? loaded.rejection : null,
});

const comparedOf = ({ program, system, reading }: Accepted): DiffedProgram => ({
  program,
  system,
  addresses: declaredAddresses(reading, program.addresses),
});

/** The addresses that a program declares: those that hosts get by themselves say nothing. */
function declaredAddresses(
  { ast }: Accepted['reading'],
  addresses: Accepted['program']['addresses'],
): DeclaredAddresses {
  return new Map(
    ast.declarations.flatMap((one) => {
      if (one.kind !== 'host') return [];
      const { ip, mac } = addresses.get(one.name.text)!;
      return [[one.name.text, { ip: one.ip ? ip : null, mac: one.mac ? mac : null }] as const];
    }),
  );
}
