import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Program, StatefulAtom } from '../../src/language/program.js';
import { readProgram } from '../../src/language/read-program.js';
import { type Field, showHeaders } from '../../src/netkat/fields.js';
import type { Policy } from '../../src/netkat/policy.js';
import { showLocation } from '../../src/netkat/topology.js';
import { arbitraryProgramText } from './arbitrary-program.js';
import { accepted, network, placesOf, policyErrors, programText, rejected } from './programs.js';

const programOf = (policy: string, declarations = ''): Program =>
  accepted(`${network}${declarations}policy\n${policy}`).program;

/** A policy with every sequence and union in brackets, links as `#occurrence`. */
function show(policy: Policy<StatefulAtom>, fields: readonly Field[]): string {
  switch (policy.kind) {
    case 'atom':
      return showAtom(policy.atom, fields);
    case 'star':
      return `${show(policy.body, fields)}*`;
    default:
      return `[${policy.parts.map((part) => show(part, fields)).join(policy.kind === 'sequence' ? ' ; ' : ' + ')}]`;
  }
}

function showAtom(atom: StatefulAtom, fields: readonly Field[]): string {
  const eq = (equal: boolean): string => (equal ? '=' : '!=');
  switch (atom.kind) {
    case 'test':
      return `${fields[atom.field]!.name}${eq(atom.equal)}${fields[atom.field]!.domain[atom.value]!}`;
    case 'assign':
      return `${fields[atom.field]!.name}<-${fields[atom.field]!.domain[atom.value]!}`;
    case 'testSwitch':
      return `sw${eq(atom.equal)}${atom.switch}`;
    case 'testPort':
      return `pt${eq(atom.equal)}${atom.port}`;
    case 'assignPort':
      return `pt<-${atom.port}`;
    case 'testState':
      return `${atom.component}${eq(atom.equal)}${atom.value}`;
    case 'link':
      return `#${atom.occurrence}`;
    case 'stateLink':
      return `#${atom.occurrence}${JSON.stringify(atom.assignments.map(({ component, value }) => [component, value]))}`;
  }
}

const elaborated = (policy: string, declarations = ''): string => {
  const { policy: result, fields } = programOf(policy, declarations);
  return show(result, fields);
};

describe('tests become policies of atoms in negation normal form', () => {
  it.each([
    ['true', '[]'],
    ['drop + false', '[]'],
    ['!false', '[]'],
    ['pt=1 & sw=1', '[pt=1 ; sw=1]'],
    ['pt=1 | sw=1', '[pt=1 + sw=1]'],
    ['!(pt=1 & sw!=1)', '[pt!=1 + sw=1]'],
    ['!(pt=1 | !(vlan_id=1 & vlan_id!=2))', '[pt!=1 ; vlan_id=1 ; vlan_id!=2]'],
    ['!!ip_dst=H1', 'ip_dst=H1'],
    ['pt=1 & sw=1*', '[pt=1 ; sw=1]*'],
    ['pt=1 & sw=1; pt<-2; id', '[pt=1 ; sw=1 ; pt<-2]'],
    ['(pt=1 + pt=2) + drop; pt=3', '[pt=1 + pt=2 + [[] ; pt=3]]'],
  ])('%s', (policy, atoms) => {
    expect(elaborated(policy)).toBe(atoms);
  });

  it('is drop, not identity, where it says drop', () => {
    expect(programOf('drop').policy).toEqual({ kind: 'union', parts: [] });
    expect(programOf('!drop').policy).toEqual({ kind: 'sequence', parts: [] });
    expect(programOf('state=[_]').policy).toEqual({ kind: 'sequence', parts: [] });
    expect(programOf('state!=[_]').policy).toEqual({ kind: 'union', parts: [] });
  });

  it.each([
    ['state=[1,_,2]', '[0=1 ; 2=2]'],
    ['state!=[1,_,2]', '[0!=1 + 2!=2]'],
    ['!state=[1,_,2]', '[0!=1 + 2!=2]'],
    ['!state!=[1,_,2]', '[0=1 ; 2=2]'],
    ['state=[_,5,_]', '1=5'],
    ['!state(2)=4', '2!=4'],
    ['(1:1)->(4:1)-><state<-[1,_,2]>', '#1[[0,1],[2,2]]'],
    ['(1:1)->(4:1)-><state(1)<-7>', '#1[[1,7]]'],
    ['(1:1)->(4:1)-><state<-[_,_,_]>', '#1'],
  ])('%s over three components', (policy, atoms) => {
    const text = `${network.replace('[0]', '[0,0,0]')}policy ${policy}`;
    const { program } = accepted(text);
    expect(show(program.policy, program.fields)).toBe(atoms);
  });
});

describe('link occurrences', () => {
  it('are numbered in the order of the text, lets expanded each time', () => {
    const text = `${network}let go = (pt<-1; (1:1)->(4:1));\npolicy go + (4:1)->(1:1)-><state<-[1]>; go`;
    const { program } = accepted(text);
    expect(show(program.policy, program.fields)).toBe('[[pt<-1 ; #1] + [#2[[0,1]] ; pt<-1 ; #3]]');
    expect(program.occurrences.map(({ start, end }) => text.slice(start, end))).toEqual([
      '(1:1)->(4:1)',
      '(4:1)->(1:1)-><state<-[1]>',
      '(1:1)->(4:1)',
    ]);
  });

  it('number the firewall as its text does', () => {
    const text = programText('firewall');
    const { program } = accepted(text);
    expect(program.occurrences.map(({ start, end }) => text.slice(start, end))).toEqual([
      '(1:1)->(4:1)-><state<-[1]>',
      '(1:1)->(4:1)',
      '(4:1)->(1:1)',
    ]);
  });
});

const domains = (policy: string, declarations = ''): Readonly<Record<string, readonly unknown[]>> =>
  Object.fromEntries(programOf(policy, declarations).fields.map(({ name, domain }) => [name, domain]));

describe('fields and domains (spec 1.2)', () => {
  it('are those declared or mentioned, by name, with other last', () => {
    expect(domains('vlan_id=7; tcp_dst<-80; vlan_id!=3', 'field ip_proto in {17, 6, 17};')).toEqual({
      ip_proto: [6, 17],
      tcp_dst: [80, 'other'],
      vlan_id: [3, 7, 'other'],
    });
    const { fields } = programOf('vlan_id=7; eth_dst=1; ip_dst=2; tcp_dst<-80');
    expect(fields.map(({ name }) => name)).toEqual(['eth_dst', 'ip_dst', 'tcp_dst', 'vlan_id']);
  });

  it('do not come from a let that is not used', () => {
    expect(domains('a', 'let b = vlan_id=1; let a = tcp_dst=1; let c = tcp_dst=2;')).toEqual({ tcp_dst: [1, 'other'] });
  });

  it('have the addresses of all hosts in address fields, unless declared', () => {
    expect(domains('ip_dst=H4; eth_src=7')).toEqual({
      eth_src: [7, 'H1', 'H4', 'other'],
      ip_dst: ['H1', 'H4', 'other'],
    });
    expect(domains('ip_dst=H4', 'field dst in {H4, 10.0.0.1};')).toEqual({ ip_dst: ['10.0.0.1', 'H4'] });
  });

  it('hold `other` behind names that sort after it', () => {
    expect(domains('ip_dst=zeta', 'host zeta @ 9:9;')).toEqual({ ip_dst: ['H1', 'H4', 'zeta', 'other'] });
  });

  const hosts = 'host A @ 7:1 ip 10.0.0.4 mac 00:00:00:00:00:ff; host B @ 7:2 ip 5;';

  it('keep once what is there twice for nothing, and every link', () => {
    expect(elaborated('pt=1 + pt=2; pt=1 + pt=1 + pt=2; pt=1')).toBe('[pt=1 + [pt=2 ; pt=1]]');
    expect(elaborated('pt<-1; pt<-1; pt=1; pt=1; pt<-1')).toBe('[pt<-1 ; pt=1 ; pt<-1]');
    const twice = '(pt<-1 + pt=2; pt<-3); (pt<-1 + pt=2; pt<-3)';
    expect(elaborated(twice)).toBe('[[pt<-1 + [pt=2 ; pt<-3]] ; [pt<-1 + [pt=2 ; pt<-3]]]');
    expect(programOf('pt=1 + (8:1)->(9:1) + (8:1)->(9:1)', 'link 8:1 <-> 9:1;').occurrences).toHaveLength(2);
  });

  it('know one address in all its spellings', () => {
    expect(domains('ip_dst=10.0.0.4; ip_dst=167772164; ip_dst=A', hosts)['ip_dst']).toEqual([
      'A',
      'B',
      'H1',
      'H4',
      'other',
    ]);
    expect(elaborated('ip_dst=10.0.0.4; pt=1; ip_dst=167772164; ip_dst=0.0.0.5', hosts)).toBe(
      '[ip_dst=A ; pt=1 ; ip_dst=A ; ip_dst=B]',
    );
    expect(elaborated('eth_dst=255; pt=1; eth_dst=0:0:0:0:0:ff; eth_dst=B', hosts)).toBe(
      '[eth_dst=A ; pt=1 ; eth_dst=A ; eth_dst=B]',
    );
    expect(elaborated('ip_dst=1; ip_src=0.0.0.1; ip_dst=2')).toBe('[ip_dst=0.0.0.1 ; ip_src=0.0.0.1 ; ip_dst=2]');
    expect(elaborated('eth_dst=16; pt=1; eth_dst=0:0:0:0:0:10')).toBe(
      '[eth_dst=00:00:00:00:00:10 ; pt=1 ; eth_dst=00:00:00:00:00:10]',
    );
    expect(elaborated('ip_dst=010.0.0.04', hosts)).toBe('ip_dst=A');
  });

  it('keep the address of a host without one apart from every number', () => {
    expect(domains('ip_dst=0; ip_dst=H1')['ip_dst']).toEqual([0, 'H1', 'H4', 'other']);
  });

  it('take a declared value in another spelling', () => {
    expect(elaborated('ip_dst=167772164', `${hosts}field ip_dst in {10.0.0.4};`)).toBe('ip_dst=A');
  });
});

describe('name errors', () => {
  it.each([
    ['ip_dst=H2', '8 SNK101'],
    ['ip_dts=H1', '1 SNK102'],
    ['wbe', '1 SNK103'],
    ['H1', '1 SNK103'],
    ['vlan_id=H1', '9 SNK107'],
    ['vlan_id=10.0.0.1', '9 SNK107'],
    ['eth_dst=10.0.0.1', '9 SNK107'],
    ['ip_dst=00:00:00:00:00:01', '8 SNK107'],
    ['pt<-H1', '5 SNK107'],
    ['vlan_id=4096', '9 SNK108'],
    ['eth_type=65536', '10 SNK108'],
    ['ip_proto<-256', '11 SNK108'],
    ['tcp_dst=65536', '9 SNK108'],
    ['ip_dst=4294967296', '8 SNK108'],
    ['eth_dst=281474976710656', '9 SNK108'],
    ['ip_dst=10.0.256.1', '8 SNK109'],
    ['state(1)=0', '7 SNK111'],
    ['(1:1)->(4:1)-><state(1)<-0>', '22 SNK111'],
  ])('%s', (policy, place) => {
    expect(policyErrors(policy)).toEqual([place]);
  });

  it.each([
    'vlan_id=4095',
    'eth_type=65535',
    'ip_proto=255',
    'udp_src=65535',
    'ip_src=4294967295',
    'eth_src=281474976710655',
  ])('but %s fits', (policy) => {
    expect(programOf(policy).fields).toHaveLength(1);
  });

  it.each([
    ['field vlan_id in {1};', 'vlan_id=1; vlan_id<-2', '6:28 SNK110'],
    ['field vlan_id in {1, 5000};', 'vlan_id=2', '5:22 SNK108'],
    ['field vlan in {1};', 'true', '5:7 SNK102'],
    ['field sw in {1};', 'true', '5:7 SNK102'],
    ['field ip_dst in {H2};', 'true', '5:18 SNK101'],
    ['let a = a;', 'true', '5:9 SNK104'],
    ['let a = b; let b = true;', 'true', '5:9 SNK104'],
    ['let a = true; let a = false;', 'a', '5:19 SNK105'],
    ['host H1 @ 9:9;', 'true', '5:6 SNK105'],
    ['state [1];', 'true', '5:1 SNK105'],
    ['field src in {1}; field ip_src in {2};', 'true', '5:25 SNK105'],
    ['host A @ 9:1 ip 10.0.0.1; host B @ 9:2 ip 167772161;', 'true', '5:43 SNK106'],
    ['host A @ 9:1 mac 0:0:0:0:0:1; host B @ 9:2 mac 1;', 'true', '5:48 SNK106'],
    ['host A @ 9:1 ip H1;', 'true', '5:17 SNK107'],
    ['host A @ 9:1 ip 300.0.0.1;', 'true', '5:17 SNK109'],
    ['host other @ 9:1;', 'true', '5:6 SNK112'],
    ['let src = true;', 'true', '5:5 SNK112'],
  ])('%s %s', (declarations, policy, place) => {
    expect(placesOf(rejected(`${network}${declarations}\npolicy ${policy}`))).toEqual([place]);
  });

  it('say to declare a state where there is none', () => {
    const { diagnostics } = rejected('policy state(0)=1 + state=[1]');
    expect(diagnostics.map(({ rule, hint }) => [rule, hint])).toEqual([
      ['SNK111', 'declare `state [0];`'],
      ['SNK012', 'declare `state [0];`'],
    ]);
  });
});

describe('topology errors', () => {
  it.each([
    ['', '(4:1)->(1:2)', '6:8 SNK201'],
    ['', '(1:2)->(4:1)', '6:8 SNK201'],
    ['', '(1:9)->(4:1)', '6:8 SNK202'],
    ['', '(1:1)->(5:1)', '6:15 SNK202'],
    ['host H2 @ 1:2;', 'true', '5:11 SNK203'],
    ['host H2 @ 1:1;', 'true', '5:11 SNK204'],
    ['link 6:6 -> 7:7; host H2 @ 7:7;', 'true', '5:28 SNK204'],
    ['link 1:2 -> 5:5;', 'true', '5:6 SNK204'],
    ['link 5:5 -> 4:2;', 'true', '5:13 SNK204'],
    ['link 1:1 -> 5:5;', 'true', '5:6 SNK205'],
    ['link 5:5 -> 4:1;', 'true', '5:13 SNK206'],
    ['link 5:5 <-> 5:5;', 'true', '5:6 SNK206|5:14 SNK205'],
  ])('%s %s', (declarations, policy, places) => {
    expect(placesOf(rejected(`${network}${declarations}\npolicy ${policy}`)).join('|')).toBe(places);
  });
});

describe('generated programs', () => {
  it('elaborate, with occurrences numbered 1, 2, … and every index inside its domain', () => {
    let links = 0;
    fc.assert(
      fc.property(arbitraryProgramText, (text) => {
        const reading = readProgram(text, 'generated.snk');
        if (!reading.ok) throw new Error(`${text}\n${reading.diagnostics[0]!.message}`);
        const { program } = reading;
        const seen: number[] = [];
        const visit = (policy: Policy<StatefulAtom>): void => {
          if (policy.kind === 'star') visit(policy.body);
          else if (policy.kind !== 'atom') policy.parts.forEach(visit);
          else if (policy.atom.kind === 'test' || policy.atom.kind === 'assign') {
            expect(program.fields[policy.atom.field]!.domain[policy.atom.value]).toBeDefined();
          } else if (policy.atom.kind === 'link' || policy.atom.kind === 'stateLink') {
            const { occurrence, from, to } = policy.atom;
            const { start, end } = program.occurrences[occurrence - 1]!;
            expect(text.slice(start, end)).toContain(`(${showLocation(from)})->(${showLocation(to)})`);
            seen.push(occurrence);
          }
        };
        visit(program.policy);
        expect(seen).toEqual(program.occurrences.map((_, i) => i + 1));
        links += seen.length;
        expect(
          showHeaders(
            program.fields,
            program.fields.map(() => 0),
          ),
        ).toBeDefined();
      }),
      { numRuns: 300 },
    );
    expect(links).toBeGreaterThan(300);
  });
});
