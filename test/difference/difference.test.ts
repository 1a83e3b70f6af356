import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Difference } from '../../src/difference/shown.js';
import { type Comparison, type DiffOptions, diff, diffMarkdown, diffPage, showDiff } from '../../src/workbench.js';
import { hold } from '../schema.js';

const root = path.resolve(import.meta.dirname, '../..');
const model = (name: string): string => readFileSync(path.join(root, 'models', `${name}.snk`), 'utf8');
const firewall = model('firewall');

/** The comparison of two texts, which keeps its schema. */
function compare(before: string, after: string, options?: DiffOptions): Comparison {
  const { comparison } = diff({ file: 'old.snk', source: before }, { file: 'new.snk', source: after }, options);
  return hold('difference', comparison);
}

/** A firewall's text after an edit, which must change it. */
function edit(from: string, to: string, text = firewall): string {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`there is no ${from}`);
  return changed;
}

const kindsOf = ({ differences = [] }: Comparison): string[] => differences.map(({ kind }) => kind);

describe('trees', () => {
  const eager = compare(firewall, edit('state=[1]; pt<-1', 'pt<-1'));

  it('of the nearest pair of states, with the packet that goes other ways', () => {
    expect(eager).toMatchObject({ status: 'different', more: 0, pairs: 2 });
    expect(eager.differences).toEqual<Difference[]>([
      {
        kind: 'tree',
        path: [],
        states: { old: [0], new: [0] },
        host: 'H4',
        headers: { ip_dst: 'H1' },
        open: [],
        trees: {
          old: { kind: 'hop', at: '4:2', headers: { ip_dst: 'H1' }, next: [] },
          new: {
            kind: 'hop',
            at: '4:2',
            headers: { ip_dst: 'H1' },
            next: [
              {
                kind: 'hop',
                at: '1:1',
                headers: { ip_dst: 'H1' },
                next: [{ kind: 'exit', at: '1:2', headers: { ip_dst: 'H1' }, host: 'H1', next: [] }],
              },
            ],
          },
        },
      },
    ]);
  });

  it('side by side, as text, Markdown and a page', () => {
    expect(showDiff(eager).split('\n')).toEqual([
      'old.snk -> new.snk: 1 difference; 2 pairs of states compared',
      '',
      '  at the start, in state [0] of OLD and [0] of NEW:',
      '  the packet ip_dst=H1 of H4 goes other ways',
      '',
      '    OLD              NEW',
      '    4:2  ip_dst=H1   4:2  ip_dst=H1',
      '    `- dropped       `- 1:1',
      '                        `- out at 1:2 to H1',
    ]);
    expect(diffMarkdown(eager)).toContain('| <pre>4:2  ip&#95;dst=H1<br>&#96;&#45; dropped</pre> | <pre>4:2');
    expect(diffPage(eager)).toMatch(/<pre tabindex="0">4:2 {2}ip_dst=H1\n`- 1:1\n {3}`- out at 1:2 to H1<\/pre>/);
  });

  it('after the fewest events, however many there are', () => {
    const later = compare(firewall, edit('pt=2 & ip_dst=H1; state=[1]', 'pt=2 & ip_dst=H1; false'));
    expect(later.differences).toMatchObject([
      { kind: 'tree', path: [{ formula: 'ip_dst=H4', at: '4:1' }], states: { old: [1], new: [1] }, host: 'H4' },
    ]);
  });

  it('name the fields that do not matter', () => {
    const program = (port: number) =>
      `host A @ 1:1; host B @ 1:2; host C @ 1:3; policy pt=1 & tcp_dst=22 & ip_src=A; pt<-2 + pt=2 & ip_src=B; pt<-${port}`;
    expect(compare(program(1), program(3)).differences).toMatchObject([
      { kind: 'tree', host: 'B', headers: { ip_src: 'B', tcp_dst: 'other' }, open: ['tcp_dst'] },
    ]);
  });

  it('with --all for each pair of states and each host', () => {
    const chain = compare(model('bandwidth-cap'), edit('state!=[2]', 'state=[2]', model('bandwidth-cap')), {
      all: true,
    });
    expect(chain).toMatchObject({ more: 0, pairs: 3 });
    expect(
      chain.differences!.map((one) => (one.kind === 'tree' ? [one.host, one.states.old, one.path.length] : one.kind)),
    ).toEqual([
      ['H4', [0], 0],
      ['H4', [1], 1],
      ['H4', [2], 2],
    ]);
  });
});

describe('events', () => {
  const program = (formula: string) =>
    `host A @ 1:1; host B @ 2:1; link 1:9 <-> 2:9; state [0];
     policy pt=1; pt<-9; (${formula}; state=[0]; (1:9)->(2:9)-><state<-[1]> + (1:9)->(2:9)); pt<-1`;

  it('that one program alone has: a packet that matches nothing in the other', () => {
    const { differences } = compare(program('tcp_dst=22'), program('tcp_dst=80'), { all: true });
    expect(differences).toMatchObject([
      {
        kind: 'event',
        only: 'old',
        event: { formula: 'tcp_dst=22', at: '2:9' },
        overlaps: null,
        headers: { tcp_dst: 22 },
        matches: 'old',
      },
      {
        kind: 'event',
        only: 'new',
        event: { formula: 'tcp_dst=80', at: '2:9' },
        overlaps: null,
        headers: { tcp_dst: 80 },
        matches: 'new',
      },
    ]);
  });

  it('that overlap: a packet of the one that is not of the other', () => {
    const { differences } = compare(program('tcp_dst=22'), program('true'), { all: true });
    expect(differences).toMatchObject([
      {
        kind: 'event',
        only: 'old',
        overlaps: { formula: 'true', at: '2:9' },
        headers: { tcp_dst: 'other' },
        matches: 'new',
      },
      {
        kind: 'event',
        only: 'new',
        event: { formula: 'true' },
        overlaps: null,
        headers: { tcp_dst: 'other' },
        matches: 'new',
      },
    ]);
    expect(showDiff(compare(program('tcp_dst=22'), program('true')))).toContain(
      'the event tcp_dst=22 at 2:9 of OLD is not true at 2:9 of NEW: the packet tcp_dst=other',
    );
  });

  it('whose formulas are written otherwise are the same', () => {
    expect(
      compare(program('(tcp_dst=22 + tcp_dst!=22)'), program('(tcp_dst=22 + tcp_dst!=22 & tcp_dst!=80)')).status,
    ).toBe('different');
    expect(compare(program('tcp_dst=22'), program('tcp_dst=22 & tcp_dst!=80')).status).toBe('same');
  });
});

describe('the network and its packets', () => {
  it.each<[string, string, string, Difference[]]>([
    [
      'a host elsewhere',
      'host H4 @ 4:2',
      'host H4 @ 4:3',
      [{ kind: 'host', host: 'H4', old: { at: '4:2', ip: null, mac: null }, new: { at: '4:3', ip: null, mac: null } }],
    ],
    [
      'a host with another address',
      'host H4 @ 4:2',
      'host H4 @ 4:2 ip 10.0.0.9',
      [
        {
          kind: 'host',
          host: 'H4',
          old: { at: '4:2', ip: null, mac: null },
          new: { at: '4:2', ip: '10.0.0.9', mac: null },
        },
      ],
    ],
    [
      'a link more',
      'host H4 @ 4:2;',
      'host H4 @ 4:2; link 4:7 -> 5:7;',
      [
        { kind: 'link', from: '4:7', to: '5:7', only: 'new' },
        { kind: 'switch', switch: 5, only: 'new' },
      ],
    ],
    [
      'a domain',
      'host H4 @ 4:2;',
      'host H4 @ 4:2; field tcp_dst in {22};',
      [{ kind: 'packets', field: 'tcp_dst', values: ['other'], only: 'old' }],
    ],
  ])('%s', (_, from, to, expected) => {
    const text = `host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; policy pt=2 & ip_dst=H4; pt<-1; (1:1)->(4:1); (pt=1; pt<-2); false`;
    const comparison = compare(text, edit(from, to, text));
    expect(comparison.status).toBe('different');
    expect(comparison.differences!.filter(({ kind }) => kind !== 'tree')).toEqual(expected);
  });

  it('a host that is called otherwise is another', () => {
    const { differences } = compare(firewall, firewall.replaceAll('H4', 'H5'));
    expect(differences!.slice(0, 2)).toMatchObject([
      { kind: 'host', host: 'H4', new: null },
      { kind: 'host', host: 'H5', old: null },
    ]);
  });

  it('packets that a declared domain leaves out are compared with nothing', () => {
    const text = (values: string, pass: string) =>
      `host A @ 1:1; host B @ 1:2; field tcp_dst in {${values}}; policy pt=1 & (${pass}); pt<-2`;
    // 443 passes in NEW alone, where alone there is such a packet.
    expect(kindsOf(compare(text('22, 80', 'tcp_dst=22'), text('22, 80, 443', 'tcp_dst!=80')))).toEqual(['packets']);
    expect(kindsOf(compare(text('22, 80', 'tcp_dst=22'), text('22, 80', 'tcp_dst!=80')))).toEqual([]);
  });

  it('one address spelt in two ways is one value', () => {
    const text = (value: string) => `host A @ 1:1; host B @ 1:2; policy pt=1 & ip_dst=${value}; pt<-2`;
    expect(compare(text('10.0.0.99'), text(String(10 * 2 ** 24 + 99))).status).toBe('same');
    expect(compare(text('10.0.0.99'), text(String(10 * 2 ** 24 + 98))).status).toBe('different');
  });
});

/** Clients that are let back to once they have authenticated, each with a bit of the state of its own. */
function clients(n: number, of = (i: number) => `state(${i - 1})=1`): string {
  const ids = Array.from({ length: n }, (_, i) => i + 1);
  return `host S @ 2:1; ${ids.map((i) => `host H${i} @ 1:${i};`).join(' ')} link 1:100 <-> 2:100; state [${ids.map(() => 0)}];
    policy ${ids
      .map(
        (i) => `sw=1 & pt=${i} & ip_dst=S & ip_src=H${i}; pt<-100;
          (state(${i - 1})=0; (1:100)->(2:100)-><state(${i - 1})<-1> + state(${i - 1})=1; (1:100)->(2:100)); pt<-1
        + sw=2 & pt=1 & ip_dst=H${i}; ${of(i)}; pt<-100; (2:100)->(1:100); pt<-${i}`,
      )
      .join(' + ')}`;
}

describe('many blocks', () => {
  const before = clients(40);
  const start = performance.now();
  const swapped = compare(
    before,
    clients(40, (i) => (i === 7 ? 'state(6)=1 & state(8)=1' : `state(${i - 1})=1`)),
  );
  const same = compare(before, before);

  it('are compared without listing 2^40 states', () => {
    expect(same).toMatchObject({ status: 'same', pairs: 2 ** 40 });
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('and differ after as few events as it takes', () => {
    const [only] = swapped.differences!;
    expect(only).toMatchObject({ kind: 'tree', host: 'S', headers: { ip_dst: 'H7' }, open: ['ip_src'] });
    expect(only).toMatchObject({ path: [{ formula: 'ip_dst=S & ip_src=H7', at: '2:100' }] });
    expect(swapped.more).toBeNull();
  });
});

describe('what cannot be compared', () => {
  it('a program that is rejected, either or both', () => {
    const broken = 'host A @ 1:1; policy pt=1; pt<-7';
    for (const [a, b] of [
      [broken, firewall],
      [firewall, broken],
      [broken, broken],
    ] as const)
      expect(compare(a, b)).toMatchObject({ status: 'rejected' });
    const { comparison, refused } = diff({ file: 'a', source: firewall }, { file: 'b', source: broken });
    expect(comparison.new.rejected).toMatchObject({ code: 'egress' });
    expect(comparison.old.rejected).toBeNull();
    expect(refused).toMatchObject([{ file: 'b', why: { kind: 'rejected' } }]);
    expect(showDiff(comparison)).toMatch(/^a -> b: rejected\n {2}b: \[egress\] /);
    expect(diffMarkdown(comparison)).toMatch(/- `b` is rejected \(egress\): /);
    expect(diffPage(comparison)).toContain('b is rejected (egress)');
  });

  it('a program beyond a limit is unknown, and the limit is named', () => {
    const comparison = compare(firewall, firewall, { timeout_ms: 0 });
    expect(comparison).toMatchObject({ status: 'unknown', why: expect.stringContaining('--timeout') });
    expect(showDiff(comparison)).toContain('unknown, the time limit');
  });
});

it('what a file is called is shown as text, in a page and in Markdown', () => {
  const { comparison } = diff({ file: '<b>`x`\u0007', source: firewall }, { file: '@all', source: firewall });
  expect(diffPage(comparison)).not.toContain('<b>');
  expect(diffMarkdown(comparison)).toContain('### ``<b>`x`\\u{7}`` → `@all`: no difference');
  expect(showDiff(comparison)).not.toContain('\u0007');
});
