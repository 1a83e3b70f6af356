import { describe, expect, it } from 'vitest';
import { parseTranscript, showOutcome, withOutputs } from './transcript.js';

const block = (...lines: readonly string[]): string => ['Words.', '```console', ...lines, '```', ''].join('\n');
const good = block('$ snk-verify a.snk', 'holds', '[exit 0]');

describe('a transcript', () => {
  it('has commands, their outputs and files', () => {
    const markdown = `\`\`\`snk a.snk\nhost\n\`\`\`\n${good}${block("$ snk-verify 'b c'", 'x', '', 'y', '[exit 2]', '$ snk-verify', 'z', '[exit 2]')}`;
    const { files, commands } = parseTranscript(markdown);
    expect(files).toEqual([{ name: 'a.snk', text: 'host\n' }]);
    expect(commands).toEqual([
      { line: 6, text: 'snk-verify a.snk', args: ['a.snk'], output: 'holds\n[exit 0]' },
      { line: 12, text: "snk-verify 'b c'", args: ['b c'], output: 'x\n\ny\n[exit 2]' },
      { line: 17, text: 'snk-verify', args: [], output: 'z\n[exit 2]' },
    ]);
  });

  it.each([
    ['nothing', '', 'there is no command'],
    ['words alone', 'Words.\n', 'there is no command'],
    ['an empty block', block(), 'does not begin with a command'],
    ['a block without a command', block('holds', '[exit 0]'), 'does not begin with a command'],
    ['words before the command', block('', '$ snk-verify a', 'x', '[exit 0]'), 'does not begin with a command'],
    ['a command without output', block('$ snk-verify a'), 'what it prints'],
    ['a status without output', block('$ snk-verify a', '[exit 0]'), 'what it prints'],
    ['no exit status', block('$ snk-verify a', 'holds'), 'what it prints'],
    ['a killed command', block('$ snk-verify a', 'holds', '[exit null]'), 'what it prints'],
    ['one command of two without status', block('$ snk-verify a', 'x', '$ snk-verify a', 'x', '[exit 0]'), 'prints'],
    ['output after the status', block('$ snk-verify a', 'x', '[exit 0]', 'y', '[exit 0]'), 'follows'],
    ['another language', good.replace('console', 'sh'), 'a block is'],
    ['an indented fence', good.replace('```', ' ```'), 'three backticks'],
    ['another fence', `${good}~~~\n$ snk-verify\n~~~`, 'three backticks'],
    ['an open block', `${good}\`\`\`console\n$ snk-verify a\nx\n[exit 0]`, 'not closed'],
    ['a command outside', `${good}    $ snk-verify a\n`, 'outside'],
    ['another program', block('$ rm -r a', 'x', '[exit 0]'), 'of snk-verify'],
    ['a shell', block('$ snk-verify a | head', 'x', '[exit 0]'), 'shell'],
    ['a file that nothing reads', `${good}\`\`\`snk b.snk\nhost\n\`\`\`\n`, 'no command reads b.snk'],
    ['a file twice', `${good}${'```snk a.snk\nhost\n```\n'.repeat(2)}`, 'a second a.snk'],
  ])('of %s is refused', (_, markdown, why) => {
    expect(() => parseTranscript(markdown)).toThrow(why);
  });

  it('shows all that was printed, and where a line end is missing', () => {
    expect(showOutcome({ stdout: 'a\n\nb\n', stderr: 'c\nd', status: 1 })).toBe(
      'a\n\nb\n[stderr] c\n[stderr] d[no line end]\n[exit 1]',
    );
    expect(showOutcome({ stdout: '', stderr: '', status: 0 })).toBe('[exit 0]');
  });

  it('is written anew, from a draft too', () => {
    const two = block('$ snk-verify a', 'old', 'older', '[exit 1]', '$ snk-verify b', 'x', '[exit 0]');
    const draft = block('$ snk-verify a', '$ snk-verify b');
    const outputs = ['new\n[exit 0]', 'y\ny\n[exit 2]'];
    const written = block('$ snk-verify a', 'new', '[exit 0]', '$ snk-verify b', 'y', 'y', '[exit 2]');
    expect(withOutputs(two, parseTranscript(two), outputs)).toBe(written);
    expect(withOutputs(draft, parseTranscript(draft, true), outputs)).toBe(written);
    expect(withOutputs(written, parseTranscript(written), outputs)).toBe(written);
  });
});
