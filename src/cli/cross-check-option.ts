import { Option } from 'commander';
import { crossCheckNames } from '../workbench.js';

/** How far what is proved is explored all the same, for the verbs that prove. */
export const crossCheckOption = (): Option =>
  new Option(
    '--cross-check <how>',
    'how far to explore what is proved, to test the proof: budget, about as long as the proofs took; full, up to --packets; off',
  )
    .choices(crossCheckNames)
    .default('budget');
