import type { Run } from '../execution/run.js';
import { judgeCausal } from './causal.js';
import { type Check, type CheckKind, propertyOf } from './checks.js';
import { judgeLemma3 } from './lemma3.js';
import { judgePaper } from './paper.js';
import { judgeProperty } from './property.js';
import { judgeStrong } from './strong.js';
import type { Judgement } from './violation.js';

const definitions: Readonly<Record<CheckKind, (run: Run, check: Check) => Judgement>> = {
  lemma3: (run) => judgeLemma3(run),
  'theorem1.paper': (run) => judgePaper(run),
  'theorem1.causal': (run) => judgeCausal(run),
  strong: (run) => judgeStrong(run),
  property: (run, check) => judgeProperty(run, propertyOf(check)),
};

/** What the definition of a check says of a run (spec 4.2–4.4, 6). */
export const judge = (check: Check, run: Run): Judgement => definitions[check.kind](run, check);
