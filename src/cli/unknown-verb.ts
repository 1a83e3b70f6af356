import { existsSync } from 'node:fs';
import { nearestName } from '../workbench.js';

/**
 * What is wrong with the first word of a command that begins with no verb, if it is not the name of a file but looks
 * like a verb; then nothing is to be run. Undefined if it may be a file.
 */
export function unknownVerb(word: string | undefined, verbs: readonly string[]): string | undefined {
  if (word === undefined || !/^[a-z][a-z0-9-]{0,19}$/i.test(word) || existsSync(word)) return undefined;
  if (verbs.includes(word)) return `the verb comes first: snk-verify ${word} …`;
  const nearest = nearestName(word, verbs);
  const meant = nearest === undefined ? ' (and there is no file of that name)' : `, did you mean ${nearest}?`;
  return `unknown verb "${word}"${meant}`;
}
