import type { Problem } from '../engines/engine.js';
import { allReductions } from '../network/reductions/reductions.js';
import type { Result, ShownCheck, ShownWitness } from '../report/result/result.js';
import { satisfying } from '../search/satisfying.js';
import type { Check } from '../theorems/checks.js';
import { accountOf } from '../theorems/index.js';
import type { CheckOptions } from './check-options.js';
import { deadlineOf } from './common.js';
import { budgetOf } from './decide.js';
import { isOfConfigurations } from './decide-configurations.js';

/** The verdicts, with the execution that `--witness` asks for (spec 6.4). */
export function withWitness(
  checks: Result['checks'],
  problem: Problem,
  wanted: readonly Check[],
  options: CheckOptions,
): Result['checks'] {
  const check = wanted.find(({ name }) => name === `property.${options.witness}`);
  const shown = check && checks[check.name];
  if (!check || !shown) return checks;
  const extended: ShownCheck = { ...shown, witness: witnessOf(problem, check, options) };
  return { ...checks, [check.name]: extended };
}

function witnessOf(problem: Problem, check: Check, options: CheckOptions): ShownWitness {
  if (isOfConfigurations(check))
    return { status: 'unknown', why: 'a property of single configurations is shown by no execution' };
  const found = satisfying(
    problem,
    check,
    budgetOf(check.name, deadlineOf(options), options),
    options.reduce ?? allReductions,
  );
  switch (found.kind) {
    case 'found': {
      const steps = found.run.taken.map(({ step }) => step);
      const account = accountOf(found.run, { packet: null, allowed: [] }, check.throughController);
      return { status: 'found', steps, account };
    }
    case 'none':
      return { status: 'none' };
    case 'unknown':
      return { status: 'unknown', why: found.why };
  }
}
