import type { SolverSession } from '../../../src/smt/solver/session.js';
import { checks } from '../../oracle/brute-force.js';
import { nameOfCheck, problemOf } from '../../search/differential.js';
import { programs } from '../../search/programs.js';
import { optionsOf, readVerdicts } from '../../search/verdicts.js';
import { inShort, solved } from './agreement.js';

/** A program of `test/search/programs.ts`, a way to run it, and what the explorer and the oracle say of it. */
export type PinnedRun = readonly [name: string, run: string, expected: string];

/** Runs in which faults of the constraints show (`test/mutants`); together they take seconds. */
const essential: readonly string[] = [
  'bandwidthCap tagged on 2',
  'bandwidthCap figure6 on 2',
  'bothAtOnce tagged on 2',
  'conflictLocal figure6 on 2',
  'conflictLocal two-phase on 2',
  'twoCopies tagged on 2',
  'toggle tagged on 2 1',
  'toggle two-phase on 2',
  'marked two-phase on 2',
  'unmarked best-effort on 2',
  'firewall two-phase on 2',
  'capVisible two-phase on 2',
  'finishesInside best-effort on 2',
  'longWay tagged on 2',
  'decidedElsewhere tagged on 2',
  'decidedElsewhere two-phase on 2',
  'diamondMulticast tagged on 2',
  'diamondMulticast figure6 on 2',
  'chainOfTwo figure6 on 2',
  'chainBounce tagged on 2',
  'midway best-effort on 2',
  'portKnocking figure6 on 3',
  'skipsOne two-phase on 3',
  'capVisible tagged on 3',
];

const all: readonly PinnedRun[] = Object.entries(readVerdicts()).flatMap(([name, verdicts]) =>
  Object.entries(verdicts).map(([run, expected]): PinnedRun => [name, run, expected]),
);
const isEssential = ([name, run]: PinnedRun): boolean => essential.includes(`${name} ${run}`);
const packetsOf = ([, run]: PinnedRun): number => optionsOf(run).packets;

export const essentialRuns = all.filter(isEssential);
export const otherRuns = all.filter((run) => !isEssential(run) && packetsOf(run) <= 2);
/** Runs that only the nightly tests make. */
export const longRuns = all.filter((run) => !isEssential(run) && packetsOf(run) > 2);

/** The solver's verdicts, as `verdicts.json` writes them. */
export async function solvedRun(session: SolverSession, [name, run]: PinnedRun, time_ms: number): Promise<string> {
  const problem = problemOf({ source: programs[name]!, ...optionsOf(run) });
  if (typeof problem === 'string') return problem;
  const verdicts: string[] = [];
  for (const check of checks) verdicts.push(inShort(await solved(session, problem, nameOfCheck[check], time_ms)));
  return verdicts.join(', ');
}
