import type { Semantics } from '../../execution/execution.js';
import type { RejectionCode, ShownCheck } from '../result/result.js';
import { brokenPromise } from '../text/story.js';
import { type Content, h, type Markup } from './markup.js';

/**
 * What the words mean that pages use without a word: verdicts, what is broken, why a program is rejected, how a network
 * runs.
 */
const verdictWords: Readonly<Record<ShownCheck['status'] | 'rejected', string>> = {
  proved: 'it is so for any number of packets, by a proof',
  holds: 'every execution with so many packets was looked at, and it is so in each',
  violated: 'there is an execution in which it is not so; the page shows a shortest one',
  unknown: 'a limit was met before there was an answer; the page names it',
  rejected: 'the program has no meaning, or no event structure that can be implemented',
};

const rejectionWords: Readonly<Record<RejectionCode, string>> = {
  syntax: 'the text does not parse',
  name: 'a name is not declared, or declared twice',
  topology: 'hosts, switches and links do not fit together',
  egress: 'a configuration lets packets finish where no host is',
  'forwarding-loop': 'a configuration lets packets circle',
  cycle: 'the state can recur by events at different switches',
  undetermined: 'the same events lead to states that differ',
  incomplete: 'two event-sets are within a third, but together they are none',
  nonlocal: 'events that must not all occur are at different switches, which cannot know of each other',
};

const semanticsWords: Readonly<Record<Semantics, string>> = {
  tagged: "the paper's Figure 6 with two repairs",
  figure6: 'the figure to the letter',
  'two-phase': 'per-packet consistent updates by a controller',
  'best-effort': 'the same without tags: each switch forwards by what it was last told',
};

const meanings: ReadonlyMap<string, string> = new Map([
  ...Object.entries(verdictWords),
  ...Object.entries(rejectionWords),
  ...Object.entries(semanticsWords),
  ...Object.entries(brokenPromise).map(([kind, promise]) => [kind, `broken: ${promise}`] as const),
]);

/** `g(X)`, wherever event-sets are shown. */
export const meaningOfG =
  'the configuration of an event-set X: what the network does once exactly the events of X are known';

/** The words that occur, each with its meaning, in that order; those that need none are left out. */
export function glossary(words: readonly string[]): Markup {
  const entries = [...new Set(words)].flatMap((word): readonly (readonly [string, string])[] => {
    const meaning = meanings.get(word);
    return meaning === undefined ? [] : [[word, meaning]];
  });
  const entry = (word: Content, meaning: string) => h('div', {}, h('dt', {}, word), h('dd', {}, meaning));
  return h(
    'dl',
    { class: 'glossary' },
    entries.map(([word, meaning]) => entry(word, meaning)),
    entry('g(X)', meaningOfG),
  );
}
