import { describe, expect, it } from 'vitest';
import { parsePage, withPrinted } from './page.js';

const fence = '```';
const block = (info: string, ...lines: readonly string[]): string => [`${fence}${info}`, ...lines, fence].join('\n');

describe('a page of the manual', () => {
  it('has commands with what they print', () => {
    const { commands } = parsePage(`Words.\n\n${block('console', '$ a b', 'out', '', 'more', '$ echo $?', '1')}\n`);
    expect(commands).toEqual([
      { line: 4, text: 'a b', output: 'out\n\nmore\n', isInterrupted: false, needs: [] },
      { line: 8, text: 'echo $?', output: '1\n', isInterrupted: false, needs: [] },
    ]);
  });

  it('says what commands need, and where they are ended by Ctrl-C', () => {
    const { commands } = parsePage(block('console needs spin root', '$ serve', 'ready', '^C'));
    expect(commands).toEqual([
      { line: 2, text: 'serve', output: 'ready\n', isInterrupted: true, needs: ['spin', 'root'] },
    ]);
  });

  it.each([
    ['a shell block', block('sh', 'npm test'), /line 1: no test runs or reads a block of `sh`/],
    ['a block without a language', block('', 'npm test'), /no test runs or reads a block of ``/],
    ['an indented block', 'Words:\n\n    npm test\n', /line 3: this is an indented block/],
    ['a block indented by a tab', 'Words:\n\n\tnpm test\n', /line 3: this is an indented block/],
    ['a fence of tildes', '~~~console\n$ a\n~~~', /line 1: a fence is three backticks/],
    ['an indented fence', `- item\n  ${fence}console\n  $ a\n  ${fence}`, /line 2: a fence is three backticks/],
    ['a command outside', '$ npm test', /line 1: a command stands outside/],
    ['output without a command', block('console', 'out'), /line 1: the block does not begin with a command/],
    ['a block that is not closed', `${fence}console\n$ a`, /line 1: the block is not closed/],
    ['needs of nothing', block('console needs', '$ a'), /line 1: a block is `console` or/],
    ['a file that nobody uses', block('json x.json', '{}'), /line 1: no command uses x.json/],
  ])('has nothing that would escape the test: %s', (_, markdown, why) => {
    expect(() => parsePage(markdown)).toThrow(why);
  });

  it('is written anew with other outputs', () => {
    const markdown = block('console', '$ a', 'old', 'older', '$ b', '$ c', 'kept');
    const page = parsePage(markdown);
    const [a, b] = page.commands;
    const printed = new Map([
      [a!, 'new\n'],
      [b!, 'one\ntwo\n'],
    ]);
    expect(withPrinted(markdown, page, printed)).toBe(
      block('console', '$ a', 'new', '$ b', 'one', 'two', '$ c', 'kept'),
    );
  });
});
