import { headersInWords, kindOf, nothingSaid } from '../steps.js';
import { occurringIn, type Portrait } from './portrait.js';
import type { QueuedCopy } from './queues.js';

/**
 * What happens in each step, which moves a copy, in a few words for beside a drawing; sets and headers are told where
 * they change.
 */
export function captions(portrait: Portrait, copies: readonly (QueuedCopy | undefined)[]): string[] {
  const said = nothingSaid();
  return portrait.steps.map((step, i) => {
    const copy = copies[i];
    const occurs = occurringIn(portrait, i).map((event) => `e${event} occurs here`);
    const what = kindOf(step).caption(step, said, copy && headersInWords(copy.headers, ' '));
    return [...what, ...occurs].join('; ');
  });
}
