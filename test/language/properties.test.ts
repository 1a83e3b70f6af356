import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printProgram } from '../../src/language/print-program.js';
import { type Reading, readProgram } from '../../src/language/read-program.js';
import { sameAst } from '../../src/language/same-ast.js';
import { arbitraryGenes, randomProperties } from '../properties/random-properties.js';

const network = 'host A @ 1:1;\nhost B @ 2:1;\nlink 1:2 <-> 2:2;\nstate [0];\n';
const policy = 'policy vlan_id=1; pt=1\n';

const read = (declared: string, beside?: string): Reading =>
  readProgram(
    network + declared + policy,
    'a.snk',
    beside === undefined ? undefined : { source: beside, file: 'a.props' },
  );

/** What is said of a text, by line, rule and message. */
function said(reading: Reading): string[] {
  if (reading.ok) return [];
  return reading.diagnostics.map(({ line, rule, message, hint }) => {
    const advice = hint === undefined ? '' : ` (${hint})`;
    return `${reading.file}:${line} ${rule} ${message}${advice}`;
  });
}

const textsOf = (reading: Reading): string[] => {
  if (!reading.ok) throw new Error(said(reading).join('\n'));
  return reading.program.properties.map(({ name, text, place }) => `${place.file}:${place.line} ${name}: ${text}`);
};

describe('properties are read', () => {
  it('in all their forms, and as tightly as they bind', () => {
    const declared = [
      'property a: always sent by A => before at 2:2 | !earlier dropped at 1 & via (at 2 & true);',
      'property b: never (delivered to nobody | delivered to B with vlan_id!=2);',
      'property c: every sent with (vlan_id=1 | !(vlan_id=3)) leads to !(delivered to B & dropped) | at 1;',
      'property d: at most 3 dropped with vlan_id=7;',
      'property e: in state [0]: every sent by A & via at 1 leads to delivered;',
      'property f: in every state: every (at 1) leads to ((delivered));',
      'property g: always ¬delivered ∧ sent ⇒ before before earlier via sent;',
    ].join('\n');
    expect(textsOf(read(`${declared}\n`)).map((text) => text.replace(/^a.snk:\d+ /, ''))).toEqual([
      'a: always sent by A => before at 2:2 | !earlier dropped at 1 & via (at 2 & true)',
      'b: never delivered to nobody | delivered to B with vlan_id!=2',
      'c: every sent with (vlan_id=1 | !vlan_id=3) leads to !(delivered to B & dropped) | at 1',
      'd: at most 3 dropped with vlan_id=7',
      'e: in state [0]: every sent by A & via at 1 leads to delivered',
      'f: in every state: every at 1 leads to delivered',
      'g: always !delivered & sent => before before earlier via sent',
    ]);
  });

  it('from a file beside the program, after its own; its values join the domains', () => {
    const reading = read('property a: never sent with vlan_id=5;\n', '# more\nproperty b: never at 1 with vlan_id=9;');
    expect(textsOf(reading)).toEqual([
      'a.snk:5 a: never sent with vlan_id=5',
      'a.props:2 b: never at 1 with vlan_id=9',
    ]);
    if (!reading.ok) throw new Error('assertion');
    expect(reading.program.fields).toEqual([{ name: 'vlan_id', domain: [1, 5, 9, 'other'] }]);
  });

  it('as they are printed', () => {
    const source = (genes: number[]) => network + randomProperties(network, genes, 3) + policy;
    fc.assert(
      fc.property(arbitraryGenes, (genes) => {
        const reading = readProgram(source(genes), 'a.snk');
        if (!reading.ok) throw new Error(said(reading).join('\n'));
        const again = readProgram(printProgram(reading.ast), 'a.snk');
        if (!again.ok) throw new Error(said(again).join('\n'));
        expect(sameAst(again.ast, reading.ast)).toBe(true);
        expect(textsOf(again).map((text) => text.slice(8))).toEqual(textsOf(reading).map((text) => text.slice(8)));
      }),
      { numRuns: 150 },
    );
  });
});

describe('what is wrong with a property is said', () => {
  it('all at once, with the nearest name', () => {
    const declared = [
      'property a: never delivered to Bb;',
      'property a: always at 3 => true;',
      'property c: in state [1,2]: every sent leads to dropped;',
      'property d: never at 1:7 with pt=3;',
      'property e: never delivered with vlan_di=2;',
      'property f: at most 1 at 1 with (sw=2 & state(0)=1);',
      'property g: never at 1 with vlan_id=70000;',
    ].join('\n');
    expect(said(read(`${declared}\n`))).toEqual([
      'a.snk:5 SNK101 no host is named `Bb` (did you mean `B`?)',
      'a.snk:6 SNK105 property `a` is declared twice; the first is at 5:10',
      'a.snk:6 SNK113 there is no switch 3 (the switches are 1, 2)',
      'a.snk:7 SNK012 the state has 1 component, and this vector 2',
      'a.snk:8 SNK113 there is no port 1:7: no host and no link is declared there (declared at switch 1: 1:1, 1:2)',
      'a.snk:8 SNK017 `pt` is no header: `with` tests header fields (where a packet is, `at 1:2` says)',
      'a.snk:9 SNK102 no field is named `vlan_di` (did you mean `vlan_id`?)',
      'a.snk:10 SNK017 `sw` is no header: `with` tests header fields (where a packet is, `at 1:2` says)',
      'a.snk:10 SNK017 `with` takes tests of header fields',
      'a.snk:11 SNK108 70000 is too large for vlan_id, which has 12 bits',
    ]);
  });

  it('where its form is broken, and the next is read all the same', () => {
    const broken = [
      'property a: nevr sent;',
      'property b: every sent leads to before dropped;',
      'property c: in every state: every earlier sent leads to dropped;',
      'property d: always sent;',
      'property e: never (sent & at 1;',
      'property never: never sent;',
      'property let: never sent;',
      'property h: every sent leads dropped;',
      'property i: never sent with;',
    ];
    expect(said(read(`${broken.join('\n')}\n`)).map((one) => one.replace(/^a.snk:(\d+) (\w+).*/, '$1 $2'))).toEqual([
      '5 SNK005',
      '6 SNK017',
      '7 SNK017',
      '8 SNK005',
      '9 SNK005',
      '11 SNK016',
      '12 SNK005',
      '13 SNK005',
    ]);
  });

  it('in the file beside the program, with names that the program has already', () => {
    const beside = 'host C @ 3:1;\nproperty a: never sent by C;\nproperty b: never sent\n';
    expect(said(read('property a: never sent;\n', beside))).toEqual([
      'a.props:1 SNK005 expected `property`, found `host` (a file of properties declares nothing else)',
      'a.props:2 SNK105 the program has a property `a` already (properties of a program and of the file beside it have different names)',
      'a.props:2 SNK101 no host is named `C` (did you mean `A`?)',
      'a.props:3 SNK005 expected `;`, found the end of the file',
    ]);
    // A program that is broken is told first, and alone.
    expect(said(read('property a: never snt;\n', beside)).map((one) => one.split(' ')[0])).toEqual(['a.snk:5']);
  });

  it('where a host is named as nobody is', () => {
    const text = 'host nobody @ 1:1; property a: never delivered to nobody; policy pt=1';
    expect(said(readProgram(text, 'a.snk')).map((one) => one.split(' ')[1])).toEqual(['SNK112']);
  });

  it('and nothing is limited by the stack', () => {
    const deep = (operator: string): string => operator.repeat(20_000);
    for (const text of [deep('!'), deep('('), deep('before ')])
      expect(said(read(`property a: never ${text}sent;\n`)).map((one) => one.split(' ')[1])).toEqual(['SNK013']);
    expect(said(read(`property a: never sent with ${deep('(')}sent;\n`))).not.toEqual([]);
    const wide = Array.from({ length: 20_000 }, () => 'sent').join(' | ');
    expect(textsOf(read(`property a: never ${wide};\n`))).toHaveLength(1);
  });
});
