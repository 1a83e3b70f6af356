import type { Run } from '../execution/run.js';
import { judgeCausal } from './causal.js';
import type { CheckName } from './checks.js';
import { judgeLemma3 } from './lemma3.js';
import { judgePaper } from './paper.js';
import type { Judgement } from './violation.js';

/** What the definition of a check says of a run (spec 4.2–4.4). */
export function judge(check: CheckName, run: Run): Judgement {
  switch (check) {
    case 'lemma3':
      return judgeLemma3(run);
    case 'theorem1.paper':
      return judgePaper(run);
    case 'theorem1.causal':
      return judgeCausal(run);
  }
}
