import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { tablesOf } from '../../src/compiler/artefact.js';
import { type Compilable, compileTables } from '../../src/compiler/compile.js';
import type { FieldName } from '../../src/netkat/fields.js';
import type { Location } from '../../src/netkat/policy.js';
import { hostAt, showLocation } from '../../src/netkat/topology.js';
import { grow, type TreeId, treeTable } from '../../src/netkat/tree.js';
import type { Tables } from '../../src/tables/tables.js';
import { flowPath, openflow } from '../../src/targets/openflow/openflow.js';
import { allHeaders, compilable, compilableModels, modelSource, origin } from '../compiler/compiled.js';
import { arbitraryProgramText } from '../language/arbitrary-program.js';
import { doActions } from './datapath-actions.js';
import { bytesOf, type Frame, framesOf, headersOf } from './frame.js';
import { type OpenVswitch, startOpenVswitch, whyNot } from './open-vswitch.js';

const missing = whyNot();
if (missing !== undefined) console.warn(`LEFT OUT: OpenFlow entries on a real Open vSwitch, because ${missing}`);
const ovs = missing === undefined ? startOpenVswitch() : undefined;
afterAll(() => ovs?.stop());

const nameOf = (id: number) => `s${id}`;

/** The entries of all event-sets, by path. @throws if there can be none */
function entriesOf(tables: Tables): ReadonlyMap<string, string> {
  const generated = openflow(tables);
  if (generated.kind === 'impossible') throw new Error(generated.why.join('; '));
  return new Map(generated.files.map(({ path, text }) => [path, text]));
}

/** Every port of every switch, as a bridge. */
function bridgesOf({ topology: { switches, hosts, links } }: Compilable['program']) {
  const ends = [...hosts.map(({ at }) => at), ...links.flatMap(({ from, to }) => [from, to])];
  return switches.map((id) => ({
    name: nameOf(id),
    ports: [...new Set(ends.filter((at) => at.switch === id).map(({ port }) => port))],
  }));
}

/**
 * The first difference between what Open vSwitch does with real packets and `Tree` (spec 1.4): for every packet,
 * event-set and host port. What a switch sends by a link goes into the switch at the far end, so that a whole tree is
 * the switches' own.
 */
async function difference(
  ovs: OpenVswitch,
  { program, system, structure }: Compilable,
  tables: Tables,
  entries: ReadonlyMap<string, string>,
): Promise<{ readonly difference: string | undefined; readonly trees: number }> {
  const { topology } = program;
  const assigned = new Set(
    tables.switches.flatMap(({ forwarding }) =>
      forwarding.flatMap(({ outputs }) => outputs.flatMap(({ set }) => Object.keys(set) as FieldName[])),
    ),
  );
  const table = treeTable();
  let trees = 0;
  await ovs.rebuild(bridgesOf(program));
  for (const [set, state] of structure.stateOf.entries()) {
    for (const { id } of tables.switches) ovs.load(nameOf(id), entries.get(flowPath(set, id))!);
    const answers = new Map<string, ReturnType<typeof doActions>>();
    const send = async (at: Location, frame: Frame) => {
      const key = `${showLocation(at)} ${JSON.stringify(frame)}`;
      const known = answers.get(key) ?? doActions(await ovs.trace(nameOf(at.switch), at.port, bytesOf(frame)), frame);
      answers.set(key, known);
      return known;
    };
    const grown = async (at: Location, frame: Frame, entered: Frame, depth = 0): Promise<TreeId> => {
      if (depth > 100) throw new Error('a packet goes in circles');
      const inner = depth > 0 && tables.widths.pc > 0 ? { ...frame, vlans: frame.vlans.slice(1) } : frame;
      const headers = headersOf(tables, inner, entered);
      const next: TreeId[] = [];
      for (const sent of await send(at, frame)) {
        const from = { switch: at.switch, port: ovs.portOf(nameOf(at.switch), sent.port) };
        const link = topology.links.find((l) => showLocation(l.from) === showLocation(from));
        if (link) next.push(await grown(link.to, sent.frame, entered, depth + 1));
        else if (hostAt(topology, from)) {
          const out = headersOf(tables, sent.frame, entered);
          next.push(table.intern({ kind: 'exit', headers: out, at: from, next: [] }));
        } else throw new Error(`${showLocation(from)} leads nowhere`);
      }
      return table.intern({ kind: 'hop', headers, at, next });
    };
    for (const { at, name } of topology.hosts)
      for (const headers of allHeaders({ program }))
        for (const frame of framesOf(tables, assigned, headers)) {
          const expected = grow(table, topology, system.configurations[state]!, headers, at);
          if (expected.kind !== 'tree') throw new Error('an accepted program has trees');
          trees++;
          const where = () => `event-set ${set}, from ${name}: ${JSON.stringify(frame)}`;
          try {
            if ((await grown(at, frame, frame)) !== expected.tree) return { difference: where(), trees };
          } catch (error) {
            return { difference: `${where()}: ${(error as Error).message}`, trees };
          }
        }
  }
  return { difference: undefined, trees };
}

/** Packets whose two kinds come to 2:1 alike and must leave differently, and are in VLANs of their own besides. */
const needsPc = `
host H1 @ 1:2; host H2 @ 1:3; host H3 @ 2:2; host H4 @ 2:3; link 1:1 <-> 2:1; field vlan_id in {0, 5}; state [0];
policy
  sw=1 & pt=2; pt<-1; (1:1)->(2:1); pt<-2
+ sw=1 & pt=3; pt<-1; (1:1)->(2:1); (vlan_id=0; pt<-3; vlan_id<-5 + vlan_id=5; pt<-1; ip_dst<-H1; (2:1)->(1:1); pt<-2)`;

/** Copies of one packet, each with other changes, one by the port that it came from; prerequisites of every kind. */
const copies = `
host H1 @ 1:2; host H2 @ 1:3; state [0];
policy
  pt=2; (tcp_dst=80; (vlan_id<-7; pt<-3 + ip_src<-9.9.9.9; pt<-2 + ip_src<-9.9.9.8; tcp_dst<-81; pt<-3) + tcp_dst!=80 & ip_proto=17; pt<-3)
+ pt=3 & eth_type=2048 & vlan_id=9; vlan_id<-0; eth_src<-5; ip_dst<-77; pt<-2`;

const programs: readonly (readonly [string, string])[] = [
  ...compilableModels.map((name) => [name, modelSource(name)] as const),
  ['a program that needs a pc', needsPc],
  ['a program with copies', copies],
];

describe.skipIf(!ovs)('Open vSwitch', () => {
  it.each(programs)('forwards by the entries of %s as Tree says, every packet and event-set', async (_, text) => {
    const source = compilable(text)!;
    const tables = tablesOf(compileTables(source), origin);
    const { difference: found, trees } = await difference(ovs!, source, tables, entriesOf(tables));
    expect(found).toBeUndefined();
    expect(trees).toBeGreaterThan(0);
  });

  it('forwards by the entries of random programs as Tree says', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryProgramText, async (text) => {
        const source = compilable(text);
        if (!source || allHeaders(source).length > 40) return;
        const tables = tablesOf(compileTables(source), origin);
        const generated = openflow(tables);
        if (generated.kind === 'impossible') return;
        accepted++;
        expect((await difference(ovs!, source, tables, entriesOf(tables))).difference).toBeUndefined();
      }),
      { numRuns: 15 },
    );
    expect(accepted).toBeGreaterThan(0);
  });

  // What is not needed: under {} nothing comes back to switch 1; H3 and H4 of `needsPc` are not let in anyway, and no
  // packet of that program is without the address that it sets.
  it.each([
    ['firewall', modelSource('firewall'), ['set-0/s1: priority=2,in_port=1,actions=output:2']],
    [
      'a program that needs a pc',
      needsPc,
      [
        ...[2, 3].map((port) => `set-0/s2: table=0,priority=1,in_port=${port},actions=set_field:1->reg0,resubmit(,1)`),
        'set-0/s2: table=1,priority=3,in_port=1,reg0=1,actions=drop',
      ],
    ],
  ])('is seen to differ when an entry of %s is left out, or sends elsewhere', async (_, text, notNeeded) => {
    const source = compilable(text)!;
    const tables = tablesOf(compileTables(source), origin);
    const entries = entriesOf(tables);
    const unseen: string[] = [];
    for (const [path, file] of entries) {
      const lines = file.split('\n');
      for (const [i, line] of lines.entries()) {
        if (!line.includes('actions=')) continue;
        const name = `${path.replace(/^openflow.(.*)\.flows$/, '$1')}: ${line}`;
        const faults = [lines.toSpliced(i, 1), lines.with(i, line.replace(/output:\d+$/, 'in_port'))];
        for (const faulty of faults) {
          if (faulty.join() === lines.join()) continue;
          const flows = new Map([...entries, [path, faulty.join('\n')]]);
          if (!(await difference(ovs!, source, tables, flows)).difference && !unseen.includes(name)) unseen.push(name);
        }
      }
    }
    expect(unseen).toEqual(notNeeded);
  });
});

describe('openflow', () => {
  const impossible = (text: string) => openflow(tablesOf(compileTables(compilable(text)!), origin));
  it('says what OpenFlow cannot do', () => {
    expect(impossible('host H1 @ 1:0; state [0]; policy eth_type<-5; ip_proto<-6')).toEqual({
      kind: 'impossible',
      why: ['OpenFlow has no port 0, which 1:0 is', 'OpenFlow does not set eth_type', 'OpenFlow does not set ip_proto'],
    });
  });
});
