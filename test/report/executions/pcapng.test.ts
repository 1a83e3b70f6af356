import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toPcapng } from '../../../src/report/executions/pcapng.js';
import type { Portrait } from '../../../src/report/executions/portrait.js';
import { hasTshark } from '../../frames/tshark.js';
import { documentOf, hostile, portraitsOf, rows, vandalised } from './portraits.js';

const folder = mkdtempSync(path.join(tmpdir(), 'snk-verify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

if (!hasTshark) console.warn('LEFT OUT: captures are not read by tshark, which is not installed');

const fields = [
  'frame.interface_name',
  'frame.interface_description',
  'frame.comment',
  'frame.packet_flags_direction',
  'frame.protocols',
  'ip.dst',
  'vlan.id',
  'ip.checksum.status',
  'tcp.checksum.status',
  'udp.checksum.status',
  '_ws.malformed',
  '_ws.expert.severity',
] as const;

type Seen = Readonly<Record<(typeof fields)[number], string>>;

/** What tshark sees of each packet of a capture. */
function seen(bytes: Uint8Array): Seen[] {
  const file = path.join(folder, 'capture.pcapng');
  writeFileSync(file, bytes);
  const checksums = ['ip', 'tcp', 'udp'].flatMap((p) => ['-o', `${p}.check_checksum:TRUE`]);
  const args = ['-r', file, ...checksums, '-T', 'json', ...fields.flatMap((field) => ['-e', field])];
  const packets: { _source: { layers?: Record<string, string[]> } }[] = JSON.parse(
    execFileSync('tshark', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 }),
  );
  return packets.map(
    ({ _source: { layers = {} } }) =>
      Object.fromEntries(fields.map((field) => [field, layers[field]?.[0] ?? ''])) as Seen,
  );
}

const bytesOf = (portrait: Portrait): Uint8Array => {
  const bytes = toPcapng(portrait);
  if ('unusable' in bytes) throw new Error(bytes.unusable);
  return bytes;
};

/** Where packets come in and go out, step by step. */
const passages = ({ steps }: Portrait): (readonly [step: number, at: string, direction: string])[] =>
  steps.flatMap((step, i): (readonly [number, string, string])[] => {
    if (step.rule === 'IN') return [[i, step.at, '0x00000001']];
    if (step.rule === 'OUT') return [[i, step.at, '0x00000002']];
    if (step.rule !== 'LINK') return [];
    return [
      [i, step.from, '0x00000002'],
      [i, step.to, '0x00000001'],
    ];
  });

describe.skipIf(!hasTshark)('a capture, as tshark reads it', () => {
  it.each([...rows])(
    'of %s, %o has every passage, its interface, comment and right checksums',
    async (model, options) => {
      for (const portrait of portraitsOf(await documentOf(model, options)).slice(0, 1)) {
        const packets = seen(bytesOf(portrait));
        const expected = passages(portrait);
        expect(packets.map((p) => p['frame.interface_name'])).toEqual(expected.map(([, at]) => at));
        expect(packets.map((p) => Number(p['frame.packet_flags_direction']))).toEqual(
          expected.map(([, , direction]) => Number(direction)),
        );
        for (const [k, packet] of packets.entries()) {
          expect(packet['frame.comment']).toContain(
            `step ${expected[k]![0] + 1}, ${portrait.steps[expected[k]![0]]!.rule}`,
          );
          expect(packet['frame.interface_description']).toMatch(/^to (host )?\w/);
          expect(packet['_ws.malformed']).toBe('');
          expect(packet['frame.protocols']).toMatch(/^eth:ethertype:(vlan:ethertype:)?ip:(tcp|udp)/);
          // 1 is good; 2 would be unverified.
          expect(packet['ip.checksum.status']).toBe('1');
          expect(packet['tcp.checksum.status'] || packet['udp.checksum.status']).toBe('1');
        }
      }
    },
  );

  it('has the addresses and headers that the execution has', async () => {
    const [portrait] = portraitsOf(await documentOf('firewall', { semantics: 'best-effort' }));
    expect(seen(bytesOf(portrait!)).map((p) => p['ip.dst'])).toEqual([...Array(4).fill('10.0.0.4'), '10.0.0.1']);
    const [counter] = portraitsOf(await documentOf('visible-counter', { semantics: 'tagged' }));
    const written = counter!.steps.flatMap((s) =>
      s.rule === 'SW' ? s.outputs.map((o) => String(o.headers['vlan_id'])) : [],
    );
    expect(new Set(seen(bytesOf(counter!)).map((p) => p['vlan.id']))).toEqual(
      expect.objectContaining(new Set(written)),
    );
  });

  it('of packets that no frame can be says so, and reads all the same', async () => {
    const [portrait] = portraitsOf(await documentOf('firewall', { semantics: 'best-effort' }));
    const network = {
      ...portrait!.document.network!,
      fields: [...portrait!.document.network!.fields, { name: 'eth_type' as const, domain: [0x88b5] }],
    };
    const packets = seen(bytesOf({ ...portrait!, document: { ...portrait!.document, network } }));
    expect(packets).toHaveLength(5);
    for (const packet of packets) {
      expect(packet['frame.comment']).toContain('no Ethernet frame has these headers');
      expect(packet['_ws.malformed']).toBe('');
    }
  });

  it('with anything for names is one as well', async () => {
    const [portrait] = portraitsOf(await documentOf('firewall', { semantics: 'best-effort' }));
    const packets = seen(bytesOf(vandalised(portrait!, hostile.join(''))));
    expect(packets).toHaveLength(5);
    for (const packet of packets) {
      expect(packet['_ws.malformed']).toBe('');
      expect(packet['frame.comment']).toContain('step');
    }
  });
});

describe('what has no frames', () => {
  const network = (change: object) => async () => {
    const [portrait] = portraitsOf(await documentOf('firewall', { semantics: 'best-effort' }));
    const changed = { ...portrait!.document.network!, ...change };
    return toPcapng({ ...portrait!, document: { ...portrait!.document, network: changed } });
  };
  const host = { name: 'H1', at: '1:2', ip: '10.0.0.1', mac: '02:00:00:00:00:01' };
  it.each([
    ['no network', network({ fields: [] }), /steps\[0\] has ip_dst=H4/],
    ['an address that is none', network({ hosts: [{ ...host, ip: '10.0.0.999.1' }] }), /hosts\[0\].ip is no IPv4/],
    ['a MAC that is none', network({ hosts: [{ ...host, mac: 'x' }] }), /hosts\[0\].mac is no MAC/],
    ['a host that is gone', network({ hosts: [host] }), /fields\[0\].domain holds H4/],
    ['a number for a text', network({ fields: [{ name: 'vlan_id', domain: ['x'] }] }), /holds x, which is no value/],
    [
      'a field twice',
      network({ fields: [1, 2].map(() => ({ name: 'vlan_id', domain: [1] })) }),
      /\[1\] is there twice/,
    ],
  ])('%s', async (_, converted, why) => {
    expect(await converted()).toEqual({ unusable: expect.stringMatching(why) });
  });

  it('nothing about the network', async () => {
    const [portrait] = portraitsOf(await documentOf('firewall', { semantics: 'best-effort' }));
    const { network: _, ...document } = portrait!.document;
    expect(toPcapng({ ...portrait!, document })).toEqual({ unusable: expect.stringMatching(/^network is missing/) });
  });
});
