import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { firstReason } from '../../src/language/diagnostics.js';
import { printProgram } from '../../src/language/print-program.js';
import { readProgram } from '../../src/language/read-program.js';
import { sameAst } from '../../src/language/same-ast.js';
import { accepted, network, placesOf, policyErrors, programFiles, programText, rejected } from './programs.js';

describe('the conformance programs', () => {
  const known: Readonly<Record<string, readonly [code: string, line: number, column: number]>> = {
    'name_value.snk': ['name', 8, 18],
    'topology_link.snk': ['topology', 8, 28],
    'syntax_error.snk': ['syntax', 6, 66],
  };

  it.each(programFiles)('%s', (file) => {
    const reading = readProgram(readFileSync(file), file);
    const wanted = known[file.split('/').pop()!];
    expect(reading.ok).toBe(wanted === undefined);
    if (reading.ok) return;
    const { code, line, column } = firstReason(reading.diagnostics)!;
    expect([code, line, column]).toEqual(wanted);
    expect(reading.diagnostics).toHaveLength(1);
  });
});

/** The policy as the printer writes it: how it was understood. */
const understood = (policy: string, declarations = ''): string =>
  printProgram(accepted(`${network}${declarations}policy ${policy}`).ast)
    .split('policy\n')[1]!
    .trim();

describe('constructs in both spellings (spec 1.1)', () => {
  it.each([
    ['true + false', 'id + drop'],
    ['ip_dst=H4; ip_dst!=H4', 'dst=H4; dst≠H4'],
    ['ip_src=H4', 'src=H4'],
    ['ip_src<-H4', 'src←H4'],
    ['sw=1 & pt=2', 'sw=1 ∧ port=2'],
    ['sw!=1 | pt!=2', 'sw≠1 ∨ port≠2'],
    ['!pt=2', '¬port=2'],
    ['pt<-1', 'port←1'],
    ['(1:1)->(4:1)', '(1:1)→(4:1)'],
    ['(1:1)->(4:1)-><state<-[1]>', '(1:1)→(4:1)→⟨state←[1]⟩'],
    ['(1:1)->(4:1)-><state(0)<-1>', '(1:1)->(4:1)->(state(0)<-1)'],
    ['(1:1)->(4:1)-><state<-[_]>', '(1:1)→(4:1)→(state←[_])'],
    ['state=[1]; state!=[_]; state(0)=1; state(0)!=1', 'state = [ 1 ];state≠[_];state( 0 )=1;state(0)≠1'],
    ['ip_dst=10.0.0.1; eth_src=00:00:00:00:00:0a', 'dst=10.0.0.1 // c\n ; # c\n eth_src=0:0:0:0:0:A'],
  ])('%s', (ascii, paper) => {
    const text = (policy: string): string => `${network}policy\n${policy}\n`;
    expect(sameAst(accepted(text(ascii)).ast, accepted(text(paper)).ast)).toBe(true);
  });

  it.each(['eth_type=2048', 'vlan_id=1', 'ip_proto=6', 'tcp_src=1', 'tcp_dst=1', 'udp_src=1', 'udp_dst=1'])(
    '%s',
    (test) => {
      expect(understood(test)).toBe(test);
      expect(understood(test.replace('=', '<-'))).toBe(test.replace('=', '<-'));
    },
  );

  it('reads declarations in every form', () => {
    const { program } = accepted(
      'host A @ 1:1 ip 10.0.0.1 mac 00:00:00:00:00:01; host B @ 2:1 mac 0:0:0:0:0:2 ip 2;' +
        'link 1:2<->2:2; link 2:3 -> 3:3; field src in {A, 7}; state [0, 12]; policy id',
    );
    expect(program.topology).toEqual({
      hosts: [
        { name: 'A', at: { switch: 1, port: 1 } },
        { name: 'B', at: { switch: 2, port: 1 } },
      ],
      links: [
        { from: { switch: 1, port: 2 }, to: { switch: 2, port: 2 } },
        { from: { switch: 2, port: 2 }, to: { switch: 1, port: 2 } },
        { from: { switch: 2, port: 3 }, to: { switch: 3, port: 3 } },
      ],
      switches: [1, 2, 3],
    });
    expect(program.initial).toEqual([0, 12]);
    expect(program.fields).toEqual([{ name: 'ip_src', domain: [7, 'A'] }]);
  });

  it('reads which components are ordered, in any number of declarations (spec 2.5)', () => {
    const { program } = accepted('state [0, 0, 0]; ordered state(2), state(0); ordered state(0), state(1); policy id');
    expect(program.ordered).toEqual([
      [2, 0],
      [0, 1],
    ]);
    expect(accepted('state [0]; policy id').program.ordered).toEqual([]);
  });

  it('blames components that are not there on the name (spec 2.5)', () => {
    expect(placesOf(rejected('state [0, 0];\nordered state(1), state(2);\npolicy id'))).toEqual(['2:25 SNK111']);
    expect(placesOf(rejected('ordered state(0);\npolicy id'))).toHaveLength(1);
  });

  it('takes LF, CR LF and CR line ends, a byte order mark and text without a last line end', () => {
    const text = programText('firewall');
    const { ast } = accepted(text);
    for (const other of [
      text.replaceAll('\n', '\r\n'),
      text.replaceAll('\n', '\r'),
      `\u{feff}${text}`,
      text.trimEnd(),
    ]) {
      expect(sameAst(accepted(other).ast, ast)).toBe(true);
      expect(sameAst(accepted(new TextEncoder().encode(other)).ast, ast)).toBe(true);
    }
  });
});

describe('binding, tightest first: ! & | * ; +', () => {
  const lets = 'let a = pt=1; let b = pt=2; let c = pt=3;';
  it.each([
    ['!a & b', '(!a) & b'],
    ['a & b | c & a', '(a & b) | (c & a)'],
    ['a & b*', '(a & b)*'],
    ['a | b*; c', '((a | b)*); c'],
    ['!a*', '(!a)*'],
    ['a**', '(a*)*'],
    ['a; b*; c', 'a; (b*); c'],
    ['a; b + c; a', '(a; b) + (c; a)'],
    ['a + (b + c)', 'a + b + c'],
    ['(a; b); (c; a)', 'a; b; c; a'],
    ['a & (b & c) | (a | b)', 'a & b & c | a | b'],
    ['!!a', '!(!(a))'],
  ])('%s is %s', (policy, explicit) => {
    const of = (text: string) => accepted(`${network}${lets}policy ${text}`).ast;
    expect(sameAst(of(policy), of(explicit))).toBe(true);
  });

  it('tells groupings apart', () => {
    const of = (text: string) => accepted(`${network}${lets}policy ${text}`).ast;
    expect(sameAst(of('a; b + c'), of('a; (b + c)'))).toBe(false);
    expect(sameAst(of('!(a & b)'), of('!a & b'))).toBe(false);
    expect(sameAst(of('(a; b)*'), of('a; b*'))).toBe(false);
  });
});

describe('let', () => {
  it('ends at the first ; outside parentheses, and uses earlier ones', () => {
    expect(understood('y', 'let x = (pt=1; pt<-2); let y = x + x*;')).toBe('y');
    expect(placesOf(rejected(`${network}let x = pt=1; pt<-2;\npolicy x`))).toEqual(['5:15 SNK005']);
  });

  it('is a test where its body is one', () => {
    expect(understood('!(web & pt=1)', 'let port80 = tcp_dst=80; let web = port80 | tcp_dst=443;')).toBe(
      '!(web & pt=1)',
    );
    expect(placesOf(rejected(`${network}let x = pt<-1;\npolicy pt=1 & x`))).toEqual(['6:15 SNK010']);
    expect(placesOf(rejected(`${network}let x = pt=1*;\npolicy !x`))).toEqual(['6:9 SNK010']);
  });
});

describe('syntax errors', () => {
  it.each([
    ['', ['5:7 SNK005']],
    ['pt=1 &', ['7 SNK005']],
    ['pt=1;', ['6 SNK005']],
    ['pt=1 pt=2', ['6 SNK005']],
    ['(pt=1', ['6 SNK006']],
    ['pt=1)', ['5 SNK007']],
    ['()', ['2 SNK005']],
    ['pt<-1 & pt=2', ['1 SNK010']],
    ['pt=1 | (pt=1; pt=2)', ['9 SNK010']],
    ['!(1:1)->(4:1)', ['2 SNK010']],
    ['pt=1* & pt=2', ['1 SNK010']],
    ['sw<-4', ['1 SNK011']],
    ['state<-[1]', ['1 SNK011']],
    ['state(0)<-1', ['1 SNK011']],
    ['state=[0,1]', ['7 SNK012']],
    ['state!=[]', ['9 SNK005']],
    ['state=0', ['7 SNK005']],
    ['(1:1)->(4:1)-><state<-[1,2]>', ['23 SNK012']],
    ['(1:1)->(4:1)-><state<-[1])', ['26 SNK005']],
    ['(1:1)->(4:1)->(4:1)', ['16 SNK005']],
    ['pt=-1', ['4 SNK015']],
    ['state(0)=-1', ['10 SNK015']],
    ['pt=9007199254740992', ['4 SNK004']],
    ['vlan_id=0x10', ['9 SNK003']],
    ['ip_dst=10.0.0', ['8 SNK003']],
    ['eth_dst=00:11:22:33:44', ['9 SNK003']],
    ['pt == 1 && pt=2 || pt=3', ['4 SNK002', '9 SNK002', '17 SNK002']],
    ['pt=1 $ pt=2', ['6 SNK002', '8 SNK005']],
    ['pt=1; \u{0}pt=2', ['7 SNK002']],
    ['policy pt=1', ['1 SNK009']],
    ['pt=1 host H2 @ 2:2;', ['6 SNK009']],
    ['_', ['1 SNK016']],
  ] as const)('%j', (policy, places) => {
    expect(policyErrors(policy)).toEqual(places);
  });

  it.each([
    ['', '1:1 SNK008'],
    ['# nothing\n', '1:1 SNK008'],
    ['host H1 @ 1:2;\n\n', '1:15 SNK008'],
    ['host policy @ 1:2;\npolicy true', '1:6 SNK016'],
    ['state [];\npolicy true', '1:8 SNK005'],
    ['state [_];\npolicy true', '1:8 SNK005'],
    ['state [-1];\npolicy true', '1:8 SNK015'],
    ['field vlan_id in {};\npolicy true', '1:19 SNK005'],
    ['host H1 @ 1:2\nlink 1:1 <-> 4:1;\npolicy true', '2:1 SNK005'],
    ['hots H1 @ 1:2;\npolicy ip_dst=H1', '1:1 SNK005'],
    ['state [0];\nordered;\npolicy true', '2:8 SNK005'],
    ['state [0];\nordered 0;\npolicy true', '2:9 SNK005'],
    ['state [0];\nordered state;\npolicy true', '2:14 SNK005'],
    ['state [0];\nordered state(0) state(0);\npolicy true', '2:18 SNK005'],
    ['state [0];\nordered state(0),;\npolicy true', '2:18 SNK005'],
    ['state [0];\nordered state(0)=1;\npolicy true', '2:17 SNK005'],
    ['state [0];\nordered state(0)\npolicy true', '3:1 SNK005'],
    ['state [0];\nlet ordered = true;\npolicy true', '2:5 SNK016'],
  ])('%j', (text, place) => {
    expect(placesOf(rejected(text))).toEqual([place]);
  });

  it('reports bytes that are no UTF-8 where they are', () => {
    const bytes = new TextEncoder().encode('# ∧ é 日 \u{fffd} 😀 x\npolicy true');
    expect(accepted(bytes).ok).toBe(true);
    bytes[bytes.indexOf('x'.charCodeAt(0))] = 0xff;
    expect(placesOf(rejected(bytes))).toEqual(['1:13 SNK001']);
    expect(placesOf(rejected(Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes)))).toEqual(['1:13 SNK001']);
  });

  it('counts columns in code points', () => {
    expect(policyErrors('/* 😀')[0]).toBe('1 SNK002');
    expect(placesOf(rejected('policy pt=1 ∧ 😀 pt≠2 ? true'))).toEqual(['1:15 SNK002', '1:22 SNK002', '1:24 SNK005']);
  });
});
