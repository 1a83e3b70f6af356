import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { edgesFrom } from '../../src/events/transition-system.js';
import type { StateVector } from '../../src/language/program.js';
import { other, type Value } from '../../src/netkat/fields.js';
import { showLocation } from '../../src/netkat/topology.js';
import { grow, type TreeId, treeTable } from '../../src/netkat/tree.js';
import type { Conjunction } from '../../src/reach/conditions.js';
import type { Reached } from '../../src/reach/shown.js';
import type { TracedHop } from '../../src/reach/shown-trace.js';
import { type Accepted, load } from '../../src/verbs/load.js';
import { reach, reachPage, showReach, showTrace, trace } from '../../src/workbench.js';

const root = path.resolve(import.meta.dirname, '../..');
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const small = [
  'models/firewall.snk',
  'models/learning-switch.snk',
  'models/ids.snk',
  'models/nat.snk',
  'models/multicast.snk',
  'models/figure-2a.snk',
  'models/ring-2.snk',
  'test/conformance/programs/negation.snk',
  'test/order/quarantine.snk',
  'test/order/two_clocks.snk',
];

function accepted(file: string, source = text(file)): Accepted {
  const loaded = load(source, file);
  if (!loaded.ok) throw new Error(`${file} is refused`);
  return loaded;
}

type Packet = Readonly<Record<string, Value>>;

/** Every packet of a program, by its values. */
const packetsOf = ({ program }: Accepted): Packet[] =>
  program.fields.reduce<Packet[]>(
    (packets, { name, domain }) => packets.flatMap((packet) => domain.map((value) => ({ ...packet, [name]: value }))),
    [{}],
  );

/** The hosts that receive a packet, by the plain configuration of one state. */
function receivers({ program, system }: Accepted, state: StateVector, from: string, packet: Packet): string[] {
  const table = treeTable();
  const headers = program.fields.map(({ name, domain }) => domain.indexOf(packet[name]!));
  const { at } = program.topology.hosts.find(({ name }) => name === from)!;
  const grown = grow(table, program.topology, system.configurationOf(state), headers, at);
  if (grown.kind !== 'tree') throw new Error('there is no tree');
  const found = new Set<string>();
  const visit = (id: TreeId): void => {
    const { kind, at: here, next } = table.node(id);
    const host = program.topology.hosts.find((one) => showLocation(one.at) === showLocation(here));
    if (kind === 'exit') found.add(host!.name);
    next.forEach(visit);
  };
  visit(grown.tree);
  return [...found].sort();
}

/** Whether a condition holds of a packet in a state. */
const holds = (conjunction: Conjunction, packet: Packet, state: StateVector): boolean =>
  conjunction.every(({ field, isOneOf, values }) => {
    const [, component] = /^state\((\d+)\)$/.exec(field) ?? [];
    const value = component === undefined ? packet[field]! : state[Number(component)]!;
    return values.includes(value) === isOneOf;
  });

const says = (reached: readonly Reached[], from: string, packet: Packet, state: StateVector): string[] =>
  reached
    .filter((one) => one.from === from && one.when.some((each) => holds(each, packet, state)))
    .map(({ to }) => to)
    .sort();

describe.each(small)('%s', (file) => {
  const program = accepted(file);
  const packets = packetsOf(program);
  const hosts = program.program.topology.hosts.map(({ name }) => name);
  const { document } = reach(text(file), file);

  it('who reaches whom is what each packet does in each state', () => {
    expect(document.moreStates).toBe(0);
    expect(document.states!.map(({ state }) => String(state)).sort()).toEqual(program.system.states.map(String).sort());
    for (const { state, reaches } of document.states!)
      for (const from of hosts)
        for (const packet of packets)
          expect(says(reaches, from, packet, state)).toEqual(receivers(program, state, from, packet));
  });

  it('what an event changes is the difference of the two states', () => {
    for (const { from: before, to: after, label } of edgesFrom(program.system, program.system.states)) {
      const { text: formula, at } = program.system.labels[label]!;
      const edge = document.changes!.find(
        (one) =>
          one.formula === formula &&
          one.at === showLocation(at) &&
          one.indices.every((index, i) => before[index] === one.from[i] && after[index] === one.to[i]),
      )!;
      for (const host of hosts)
        for (const packet of packets) {
          const [then, now] = [before, after].map((state) => receivers(program, state, host, packet));
          expect(says(edge.gained, host, packet, before)).toEqual(now!.filter((one) => !then!.includes(one)));
          expect(says(edge.lost, host, packet, before)).toEqual(then!.filter((one) => !now!.includes(one)));
        }
    }
  });

  it('a trace comes to the same hosts', () => {
    for (const state of program.system.states)
      for (const from of hosts)
        for (const packet of packets.slice(0, 40)) {
          const traced = trace(text(file), file, { from, headers: packet, state }).document.packets!;
          expect(traced).toHaveLength(1);
          const exits = new Set<string>();
          const visit = ({ kind, host, by, next }: TracedHop, isEntry: boolean): void => {
            // Whatever moves, a branch of the policy has moved it.
            expect(by.length > 0).toBe(!isEntry);
            if (kind === 'exit') exits.add(host!);
            for (const one of next) visit(one, false);
          };
          visit(traced[0]!.tree, true);
          expect([...exits].sort()).toEqual(receivers(program, state, from, packet));
        }
  });
});

describe('reach', () => {
  it('as text', () => {
    expect(showReach(reach(text('models/firewall.snk'), 'f.snk').document).split('\n')).toEqual([
      'f.snk: 2 hosts, 2 states',
      '',
      '  in state [0]',
      '      H1 H4',
      '  H1   .  a',
      '  H4   .  .',
      '      a  ip_dst=<receiver>',
      '',
      '  in state [1]',
      '      H1 H4',
      '  H1   .  a',
      '  H4   a  .',
      '      a  ip_dst=<receiver>',
      '',
      '  ip_dst=H4 at 4:1: state(0)=0 -> state(0)=1',
      '    + H4 -> H1  ip_dst=H1',
    ]);
  });

  it('as a page', () => {
    const page = reachPage(reach(text('models/firewall.snk'), '<f>.snk').document);
    expect(page).toContain('<h3>ip_dst=H4 at 4:1: state(0)=0 → state(0)=1</h3>');
    expect(page).toContain('<li>+ H4 → H1 <code>ip_dst=H1</code></li>');
    expect(page).not.toContain('<f>');
  });

  it('of one state alone, which must be one', () => {
    const source = text('models/firewall.snk');
    expect(reach(source, 'f.snk', { state: [1] }).document.states!.map(({ state }) => state)).toEqual([[1]]);
    expect(reach(source, 'f.snk', { state: [7] }).refused).toMatchObject({
      kind: 'impossible',
      why: 'no event leads to [7]: state(0) can be [0] [1]',
    });
    expect(reach(source, 'f.snk', { state: [0, 1] }).refused).toMatchObject({ why: expect.stringContaining('as [0]') });
  });

  it('of a program that is rejected, or too large for the time, is refused', () => {
    expect(reach('host A @ 1:1; policy pt=1; pt<-7', 'x.snk')).toMatchObject({
      document: { rejected: { code: 'egress' } },
      refused: { kind: 'rejected' },
    });
    expect(reach(text('models/firewall.snk'), 'f.snk', { timeout_ms: 0 })).toMatchObject({
      refused: { kind: 'limit' },
    });
  });

  it('of a hundred hosts takes seconds', () => {
    const ids = Array.from({ length: 100 }, (_, i) => i + 1);
    const source = `${ids.map((i) => `host H${i} @ 1:${i};`).join(' ')} host X @ 2:1; link 1:500 <-> 2:500; state [0];
      policy sw=1 & ip_dst=X; pt<-500; (state=[0]; (1:500)->(2:500)-><state<-[1]> + state=[1]; (1:500)->(2:500)); pt<-1
      + ${ids.map((i) => `sw=2 & pt=1 & ip_dst=H${i}; state=[1]; pt<-500; (2:500)->(1:500); pt<-${i}`).join(' + ')}`;
    const start = performance.now();
    const { document } = reach(source, 'fw-100.snk');
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(document.states!.map(({ reaches }) => reaches.length)).toEqual([100, 200]);
    expect(document.changes![0]!.gained).toHaveLength(100);
    // All that X reaches is said by one sign.
    expect(showReach(document)).toContain('  a  ip_dst=<receiver>\n\n  ip_dst=X at 2:500');
  });
});

describe('trace', () => {
  const source = text('models/firewall.snk');
  const lines = (from: string, headers?: Readonly<Record<string, Value>>, state?: StateVector): string[] =>
    showTrace(
      trace(source, 'f.snk', { from, ...(headers ? { headers } : {}), ...(state ? { state } : {}) }).document,
    ).split('\n');

  it('names the branch that moved the packet, and the event that it is', () => {
    expect(lines('H1', { dst: 'H4' })).toEqual([
      'f.snk: H1 sends a packet with ip_dst=H4 in state [0]',
      '  1:2',
      '  `- 4:1                   by f.snk:15:29; event ip_dst=H4 at 4:1, to [1]',
      '     `- out at 4:2 to H4   by f.snk:15:3',
    ]);
    expect(lines('H4', { ip_dst: 'H1' }, [1]).slice(2)).toEqual([
      '  `- 1:1                   by f.snk:16:3',
      '     `- out at 1:2 to H1   by f.snk:16:3',
    ]);
  });

  it('shows a packet for each way, where headers are not given', () => {
    const { packets } = trace(source, 'f.snk', { from: 'H4' }).document;
    // To H4 itself no link leads, but the policy looks at it.
    expect(packets!.map(({ headers }) => headers['ip_dst']).sort()).toEqual(['H1', 'H4', other]);
  });

  it('knows a host by its address, and fields that make no difference', () => {
    const { packets } = trace(source, 'f.snk', { from: 'H4', headers: { ip_dst: '10.0.0.1', tcp_src: 9 } }).document;
    expect(packets!.map(({ headers }) => headers)).toEqual([{ ip_dst: 'H1' }]);
  });

  it.each([
    [{ from: 'H9' }, 'there is no host H9; did you mean H1?'],
    [{ from: 'H1', headers: { ip_dts: 'H4' } }, 'ip_dts is no header field; did you mean ip_dst?'],
    [
      { from: 'H1', headers: { ip_dst: 'H7' } },
      'ip_dst takes a host or an address such as 10.0.0.4, not H7; did you mean H1?',
    ],
    [{ from: 'H1', headers: { tcp_dst: 'ssh' } }, 'tcp_dst takes a number, not ssh'],
    [{ from: 'H1', state: [2] }, 'no event leads to [2]: state(0) can be [0] [1]'],
  ])('refuses %j', (options, why) => {
    expect(trace(source, 'f.snk', options).refused).toMatchObject({ kind: 'impossible', why });
  });

  it('refuses a value that a declared domain has not', () => {
    const closed = 'host A @ 1:1; host B @ 1:2; field tcp_dst in {22, 80}; policy pt=1 & tcp_dst=22; pt<-2';
    expect(trace(closed, 'c.snk', { from: 'A', headers: { tcp_dst: 443 } }).refused).toMatchObject({
      why: 'no packet has tcp_dst=443: its domain is {22, 80}',
    });
  });
});
