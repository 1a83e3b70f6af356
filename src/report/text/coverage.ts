import { count } from '../count.js';
import { eventName } from '../result/events-in-words.js';
import type { Result } from '../result/result.js';
import { wrap } from './wrap.js';

const margin = ' '.repeat(22);

/** More than so many are counted, not named. */
const maxNamed = 5;

/** What executions use of a program, in lines. */
export function usageLines({ coverage, nes }: Pick<Result, 'coverage' | 'nes'>): string[] {
  if (!coverage) return [];
  const { packets, complete, events, states, edges, branches } = coverage;
  const within = `within ${count(packets, 'packet')}${complete ? '' : ' as far as was explored'}`;
  const all = nes?.events ?? [];
  const never = events.never.map((id) => `e${id} (${all[id] ? eventName(all, all[id]) : '?'})`);
  const deadEdges = edges.unused.map(({ from, to }) => `[${from}] to [${to}]`);
  const deadBranches = branches.unused.map(({ line, column }) => `line ${line}, column ${column}`);
  return [
    ...line('events', `${events.all - never.length} of ${events.all} happen ${within}`, 'never', never),
    ...line('states', `${states.used.length} of ${states.all.toLocaleString('en')} are used ${within}`, 'unused', []),
    ...line(
      'edges',
      `${edges.all - deadEdges.length} of ${edges.all} have a branch that a packet can run`,
      'not',
      deadEdges,
    ),
    ...line(
      'branches',
      `${branches.all - deadBranches.length} of ${branches.all} can be run by a packet`,
      'not',
      deadBranches,
    ),
  ];
}

function line(title: string, said: string, rest: string, named: readonly string[]): string[] {
  const more = named.length > maxNamed ? ` and ${named.length - maxNamed} more` : '';
  const names = named.length > 0 ? `; ${rest}: ${named.slice(0, maxNamed).join(', ')}${more}` : '';
  const [first = '', ...others] = wrap(`${said}${names}`, margin);
  return [`  ${title.padEnd(20)}${first.trimStart()}`, ...others];
}
