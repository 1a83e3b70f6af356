import { type ArgumentKind, textOption } from '../base/arguments.js';
import { nearestName } from '../base/nearest-name.js';
import { assertOptions, assertProgram, type KnownOptions } from '../base/options.js';
import { during } from '../base/phase.js';
import type { StateVector } from '../language/program.js';
import { positionsOf } from '../language/source.js';
import { type GivenHeaders, givenHeaders } from '../reach/given-headers.js';
import { traceOf } from '../reach/trace.js';
import type { TraceDocument } from '../report/reach/trace-text.js';
import { type CheckOptions, checkOptions } from './check-options.js';
import { sha256, version } from './common.js';
import { type Accepted, type Hindered, impossible, load, type NotReached, whyNot, withinLimits } from './load.js';
import { stateOption, wrongState } from './reach.js';

/** Which packet to follow. */
export interface TraceOptions extends Pick<CheckOptions, 'force' | 'unroll' | 'timeout_ms'> {
  /** The host that sends it. */
  readonly from: string;
  /** Its headers by field (`src`, `dst` are short for `ip_src`, `ip_dst`); of others, all values are looked at. */
  readonly headers?: GivenHeaders;
  /** The state of the network; default: the initial one. */
  readonly state?: StateVector;
}

/** What becomes of the packet. */
export interface Traced {
  readonly document: TraceDocument;
  /** Why nothing can be said, if so. */
  readonly refused?: NotReached | Hindered;
}

const headersOption: ArgumentKind = {
  takes: "headers by field, such as { ip_dst: 'H1', tcp_dst: 22 }",
  isIt: (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => typeof one === 'string' || typeof one === 'number'),
};

const { force, unroll, timeout_ms } = checkOptions;
const traceOptions: KnownOptions<TraceOptions> = {
  from: textOption,
  headers: headersOption,
  state: stateOption,
  force,
  unroll,
  timeout_ms,
};

/**
 * Follows a packet of a host through the network in one state, hop by hop, with the branches of the policy that move
 * it. Where its headers are not given, there is a packet for each way that they may go. Never throws on account of the
 * program.
 * @example
 * ```ts
 * import { trace } from 'snk-verify';
 *
 * const { document } = trace('host A @ 1:1; host B @ 1:2; policy pt=1; pt<-2', 'ab.snk', { from: 'A' });
 * console.log(document.packets?.[0]?.tree.next[0]?.host); // B
 * ```
 */
export function trace(source: Uint8Array | string, file: string, options: TraceOptions): Traced {
  assertProgram('trace', source, file);
  assertOptions('trace', options, traceOptions, ['from']);
  const base = { tool: { name: 'snk-verify', version } as const, program: { file, sha256: sha256(source) } };
  const loaded = load(source, file, options);
  if (!loaded.ok) return { document: { ...base, ...whyNot(loaded) }, refused: loaded };
  const found = during({ doing: 'following packets of', file }, () => follow(loaded, options));
  if (!found.ok) return { document: { ...base, rejected: null, why: found.why }, refused: found };
  const { state, packets } = found;
  return { document: { ...base, rejected: null, from: options.from, state, packets } };
}

function follow(accepted: Accepted, { from, headers = {}, state: wanted }: TraceOptions) {
  const { program, system, limits, reading } = accepted;
  const { hosts } = program.topology;
  const host = hosts.find(({ name }) => name === from);
  if (!host) {
    const names = hosts.map(({ name }) => name);
    const near = nearestName(from, names);
    return impossible(
      `there is no host ${from}; ${near === undefined ? `there are ${names.join(', ')}` : `did you mean ${near}?`}`,
    );
  }
  const state = wanted ?? system.initial;
  const wrong = wrongState(system, state);
  if (wrong !== undefined) return impossible(wrong);
  const given = givenHeaders(program, headers);
  if ('problem' in given) return impossible(given.problem);
  const starts = program.branches.all.map(({ span }) => span.start);
  const positions = positionsOf(reading.text, starts);
  return withinLimits(() => ({
    ok: true as const,
    state,
    packets: traceOf(
      program,
      system,
      { host, given: given.values, state },
      ({ start }) => positions.get(start)!,
      limits,
    ),
  }));
}
