import { kindOf, nothingSaid, showHeaders } from '../steps.js';
import { occurringIn, type Portrait } from './portrait.js';
import type { Moment } from './queues.js';

/** What happens in each step, in a few words for beside a drawing; sets and headers are told where they change. */
export function captions(portrait: Portrait, moments: readonly Moment[]): string[] {
  const said = nothingSaid();
  return moments.map(({ step, copy }, i) => {
    const occurs = occurringIn(portrait, i).map((event) => `e${event} occurs here`);
    const what = kindOf(step).caption(step, said, copy && showHeaders(copy.headers, ' '));
    return [...what, ...occurs].join('; ');
  });
}
