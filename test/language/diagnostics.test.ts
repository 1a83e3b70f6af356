import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestName } from '../../src/base/nearest-name.js';
import { firstReason, maxDiagnostics } from '../../src/language/diagnostics.js';
import { rules } from '../../src/language/rules.js';
import { showDiagnostic, showDiagnostics } from '../../src/language/show-diagnostic.js';
import { network, placesOf, programText, rejected } from './programs.js';

const shown = (text: string): string => showDiagnostics(rejected(text), { colour: false });

/** The line of the source and the underline of a diagnostic, without the margin. */
function underlined(text: string, index = 0): readonly [line: string, underline: string] {
  const [, , line, underline] = shown(text).split('\n\n')[index]!.split('\n');
  const margin = line!.indexOf('| ') + 2;
  return [line!.slice(margin), underline!.slice(margin)];
}

describe('all errors of a file in one run', () => {
  const broken = `host H1 @ 1:2 ip 10.0.0.300;
host H4 @ 1:2;
link 1:1 <-> 4:1
field tcp_dst in {22, 80};
state [0, 0];
policy
  pt=2 & ip_dst=H5; state=[0]; pt<-1 pt<-2;
  ( (1:1)->(4:1)-><state<-[1,0]; tcp_dst=25
  + pt=1; ; (1:1)->(5:1) + web
`;

  it('sorted by position', () => {
    expect(placesOf(rejected(broken))).toEqual([
      '1:18 SNK109',
      '2:11 SNK203',
      '4:1 SNK005',
      '7:17 SNK101',
      '7:27 SNK012',
      '7:38 SNK005',
      '8:32 SNK005',
      '8:42 SNK110',
      '9:11 SNK005',
      '9:20 SNK202',
      '9:28 SNK103',
      '9:31 SNK006',
    ]);
  });

  it('of which the first reason is that of the first code, then the first in the text', () => {
    const { diagnostics } = rejected(broken);
    expect(firstReason(diagnostics)).toMatchObject({ code: 'syntax', line: 4, column: 1 });
    expect(firstReason(diagnostics.filter(({ code }) => code !== 'syntax'))).toMatchObject({ code: 'name', line: 1 });
    expect(firstReason(diagnostics.filter(({ code }) => code === 'topology'))).toMatchObject({ line: 2 });
    expect(firstReason([])).toBeUndefined();
  });

  it('capped, with a count of the rest and the first reason among them', () => {
    const many = `${network}policy\n${'ip_dst=H9;\n'.repeat(150)}pt=1 &`;
    const reading = rejected(many);
    expect(reading.diagnostics).toHaveLength(maxDiagnostics);
    expect(reading.omitted).toBe(51);
    expect(firstReason(reading.diagnostics)).toMatchObject({ code: 'syntax', line: 156, column: 7 });
    expect(showDiagnostics(reading, { colour: false })).toMatch(/\n\nand 141 more$/);
  });

  it('does not blame names on a declaration that is broken itself', () => {
    expect(placesOf(rejected('host H1 1:2;\nhost H4 @ 4:2;\nlink 1:1 <-> 4:1;\npolicy ip_dst=H1; vlan_id=H1'))).toEqual(
      ['1:9 SNK005', '4:27 SNK107'],
    );
  });
});

describe('showDiagnostic', () => {
  it('prints place, rule, line, underline', () => {
    expect(shown(programText('syntax_error'))).toBe(`\
test.snk:6:66: error[syntax/SNK005]: expected \`>\`, found \`+\`
  |
6 |   pt=2 & ip_dst=H4; pt<-1; (state=[0]; (1:1)->(4:1)-><state<-[1] + state!=[0]; (1:1)->(4:1)); pt<-2
  |                                                                  ^`);
    expect(shown(programText('topology_link'))).toBe(`\
test.snk:8:28: error[topology/SNK201]: no link is declared from 4:1 to 1:1
  |
8 | + pt=2 & ip_dst=H1; pt<-1; (4:1)->(1:1); pt<-2
  |                            ^^^^^^^^^^^^
  = hint: only the other direction is declared; \`link 1:1 <-> 4:1\` declares both`);
    expect(shown(programText('name_value'))).toBe(`\
test.snk:8:18: error[name/SNK110]: \`25\` is not in the declared domain of tcp_dst; it is declared at 5:1
  |
8 |   pt=2 & tcp_dst=25; pt<-1; (1:1)->(4:1); pt<-2
  |                  ^^`);
  });

  it('says what was expected and what may have been meant', () => {
    expect(shown(`${network}policy ip_dst=H11`)).toBe(`\
test.snk:5:15: error[name/SNK101]: no host is named \`H11\`
  |
5 | policy ip_dst=H11
  |               ^^^
  = expected: a declared host
  = hint: did you mean \`H1\`?`);
  });

  it('underlines behind tabs, wide and combining characters', () => {
    expect(underlined('policy\n\tpt=1; ?')).toEqual(['    pt=1; ?', '          ^']);
    expect(underlined('policy pt=1; 日本')).toEqual(['policy pt=1; 日本', '             ^^^^']);
    // The accent takes no column, so `?` stands one column further left than its code point.
    expect(underlined('policy pt=1\u{301}; ?', 1)[1]).toBe('             ^');
  });

  it('shows characters that a terminal would obey as escapes', () => {
    const [line, underline] = underlined('policy pt=1; \u{1b}[31m');
    expect(line).toBe('policy pt=1; \\u{1b}[31m');
    expect(underline).toBe(`${' '.repeat(13)}^^^^^^`);
    const hidden = ['\u{0}', '\u{1b}', '\u{9b}', '\u{202e}', '\u{feff}'];
    const text = shown(`policy true ${hidden.join(' ')}`);
    for (const character of hidden) expect(text).not.toContain(character);
    const file = showDiagnostic(rejected('').diagnostics[0]!, '', 'a\u{1b}b\n.snk', { colour: false });
    expect(file.split('\n')[0]).toMatch(/^a\\u\{1b\}b\\u\{a\}\.snk:1:1: error/);
  });

  it('shows a window of a long line', () => {
    const line = `policy ${'pt=1; '.repeat(1000)}ip_dst=H9; ${'pt=1; '.repeat(1000)}true`;
    const [window, underline] = underlined(`${network}${line}`);
    expect(window!.length).toBeLessThanOrEqual(102);
    expect(window).toMatch(/^….*….?$/);
    expect(window!.slice(underline!.indexOf('^'), underline!.length)).toBe('H9');
  });

  it('points behind the last token at the end of a file', () => {
    expect(underlined('policy pt=1 +   \n\n')).toEqual(['policy pt=1 +   ', '             ^']);
  });

  it('colours only where asked to', () => {
    const { diagnostics, text } = rejected('policy');
    const [diagnostic] = diagnostics;
    const plain = showDiagnostic(diagnostic!, text, 'x.snk', { colour: false });
    const coloured = showDiagnostic(diagnostic!, text, 'x.snk', { colour: true });
    expect(coloured).not.toBe(plain);
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  it('names the place of the first of two', () => {
    expect(rejected(`${network}host H1 @ 7:7;\npolicy id`).diagnostics[0]!.message).toBe(
      'host `H1` is declared twice; the first is at 1:6',
    );
  });
});

describe('nearestName', () => {
  it.each([
    ['H11', ['H4', 'H1'], 'H1'],
    ['tcp_dts', ['tcp_src', 'tcp_dst'], 'tcp_dst'],
    ['h1', ['H4', 'H1'], 'H1'],
    ['web', ['bew', 'out'], undefined],
    ['firewall', ['fire_wall', 'wall'], 'fire_wall'],
    ['x'.repeat(1000), ['x'.repeat(999)], undefined],
  ])('%s in %s', (name, candidates, nearest) => {
    expect(nearestName(name, candidates)).toBe(nearest);
  });

  it('finds a name with one letter too many or too few', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,12}$/), fc.nat(), (name, n) => {
        const at = n % name.length;
        expect(nearestName(name.slice(0, at) + name.slice(at + 1), ['#', name])).toBe(name);
        expect(nearestName(`${name.slice(0, at)}_${name.slice(at)}`, ['#', name])).toBe(name);
      }),
    );
  });
});

it('every rule has its code by its hundred, and a meaning', () => {
  const codes = { 0: 'syntax', 1: 'name', 2: 'topology' } as const;
  for (const [rule, { code, meaning }] of Object.entries(rules)) {
    expect(codes[Number(rule[3]) as 0 | 1 | 2]).toBe(code);
    expect(meaning).toMatch(/^[A-Z`].*\.$/);
  }
});
