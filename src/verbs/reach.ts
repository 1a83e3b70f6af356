import { assertOptions, assertProgram, type KnownOptions } from '../base/options.js';
import { during } from '../base/phase.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { StateVector } from '../language/program.js';
import { reachOf } from '../reach/reach.js';
import type { ReachDocument } from '../report/reach/document.js';
import { type CheckOptions, checkOptions } from './check-options.js';
import { sha256, version } from './common.js';
import { type Hindered, impossible, load, type NotReached, whyNot, withinLimits } from './load.js';

/** How to look at who reaches whom. */
export interface ReachOptions extends Pick<CheckOptions, 'force' | 'unroll' | 'timeout_ms'> {
  /** The one state that is wanted; default: all. */
  readonly state?: StateVector;
}

/** What there is to say of a program. */
export interface ReachOutcome {
  readonly document: ReachDocument;
  /** Why nothing can be said, if so. */
  readonly refused?: NotReached | Hindered;
}

/** The numbers of a state. */
export const stateOption = {
  takes: 'an array of the numbers of a state',
  isIt: (value: unknown) => Array.isArray(value) && value.every((one) => Number.isSafeInteger(one)),
};

const { force, unroll, timeout_ms } = checkOptions;
const reachOptions: KnownOptions<ReachOptions> = { state: stateOption, force, unroll, timeout_ms };

/**
 * Who reaches whom in each state of a program, with the headers that decide, and what each event changes. Never throws
 * on account of the program.
 * @example
 * ```ts
 * import { reach } from 'snk-verify';
 *
 * const { document } = reach('host A @ 1:1; host B @ 1:2; policy pt=1; pt<-2', 'ab.snk');
 * console.log(document.states?.[0]?.reaches.map(({ from, to }) => `${from} reaches ${to}`).join()); // A reaches B
 * ```
 */
export function reach(source: Uint8Array | string, file: string, options: ReachOptions = {}): ReachOutcome {
  assertProgram('reach', source, file);
  assertOptions('reach', options, reachOptions);
  const base = { tool: { name: 'snk-verify', version } as const, program: { file, sha256: sha256(source) } };
  const loaded = load(source, file, options);
  if (!loaded.ok) return { document: { ...base, ...whyNot(loaded) }, refused: loaded };
  const { program, system, limits } = loaded;
  const wrong = options.state && wrongState(system, options.state);
  if (wrong !== undefined) return { document: { ...base, rejected: null, why: wrong }, refused: impossible(wrong) };
  const found = during({ doing: 'following packets of', file }, () =>
    withinLimits(() => ({ ok: true as const, reach: reachOf(program, system, limits, options.state) })),
  );
  if (!found.ok) return { document: { ...base, rejected: null, why: found.why }, refused: found };
  return { document: { ...base, rejected: null, ...found.reach } };
}

/** Why a vector is no state of a program, if it is none. */
export function wrongState({ initial, blocks }: TransitionSystem, state: StateVector): string | undefined {
  const named = `[${state}]`;
  if (state.length !== initial.length)
    return `${named} is no state: the program's have ${initial.length} ${initial.length === 1 ? 'number' : 'numbers'}, as [${initial}]`;
  const stray = blocks.find(
    ({ indices, states }) => !states.some((part) => indices.every((index, i) => state[index] === part[i])),
  );
  if (!stray) return undefined;
  const components = stray.indices.map((index) => `state(${index})`).join(', ');
  return `no event leads to ${named}: ${components} can be ${stray.states.map((part) => `[${part}]`).join(' ')}`;
}
