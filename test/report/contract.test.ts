import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Tables } from '../../src/workbench.js';
import { modelSource, tablesOfSource } from '../compiler/compiled.js';
import { resultOf } from '../conformance/expectation.js';
import { modelFile } from '../models/models.js';
import { document, formula, headers } from './contract.js';
import { faultsOf } from './rerun.js';

/** A path into a document, as `checks/lemma3/status`. */
type Path = string;

/** A copy with something else at a place; `undefined` takes the key away. */
function change(value: unknown, path: Path, to: unknown): unknown {
  const copy = structuredClone(value);
  const keys = path.split('/');
  let holder = copy as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  const last = keys.at(-1)!;
  if (!(last in holder)) throw new Error(`there is no ${path}`);
  if (to === undefined) delete holder[last];
  else holder[last] = to;
  return copy;
}

/** The tables of the firewall without the rules of switch 4 for packets from outside. */
function closedFirewall(): Tables {
  const tables = tablesOfSource(modelSource('firewall'));
  const without = ({ forwarding, ...rest }: Tables['switches'][number]) => ({
    ...rest,
    forwarding: rest.id === 4 ? forwarding.filter(({ match }) => match.port !== 2) : forwarding,
  });
  return { ...tables, switches: tables.switches.map(without) };
}

const read = async (name: string, options: Parameters<typeof resultOf>[1]): Promise<unknown> =>
  JSON.parse(JSON.stringify(await resultOf(modelFile(name), options)));
const firewall = await read('firewall', { semantics: 'best-effort', packets: 2 });
const knocking = await read('port-knocking', { semantics: 'figure6', packets: 2 });
const pair = await read('concurrent-pair', { packets: 2 });
const limited = await read('rate-limit', { packets: 2 });
const rejected = await read('undetermined', {});
/** A firewall whose switch 4 lets nothing in, whatever has happened. */
const proved = await read('firewall', { engine: 'all' });
const closed = await read('firewall', { engine: 'all', tables: closedFirewall() });
const steps = 'checks/theorem1.paper/counterexample/steps';
const knocks = 'checks/lemma3/counterexample/steps';

describe('the check of the contract', () => {
  it('lets good documents pass, with keys more too', () => {
    for (const good of [firewall, knocking, pair, limited, rejected, proved, closed]) document(good, '');
    document({ ...(firewall as object), more: 1 }, '');
  });

  it.each([
    ['tool', 'tool/name program/file program/sha256 rejected options checks tool program'.split(' '), firewall],
    [
      'structures',
      'ets/initial ets/states ets/edges nes/events nes/eventSets nes/locallyDetermined'.split(' '),
      firewall,
    ],
    ['edges', 'ets/edges/0/from ets/edges/0/to ets/edges/0/formula ets/edges/0/at'.split(' '), firewall],
    ['events', 'nes/events/0/id nes/events/0/formula nes/events/0/at nes/events/0/occurrence'.split(' '), firewall],
    ['options', 'options/semantics options/packets options/controller'.split(' '), firewall],
    [
      'checks',
      'checks/lemma3 checks/lemma3/status checks/lemma3/states checks/lemma3/counterexample'.split(' '),
      firewall,
    ],
    ['tables', ['status', 'obligations', 'counterexample'].map((key) => `checks/tables/${key}`), closed],
    ['rejection', 'rejected/code rejected/message rejected/line rejected/column'.split(' '), rejected],
    [
      'counterexample',
      ['kind', 'packet', 'event', 'explanation', 'steps'].map((key) => `checks/theorem1.paper/counterexample/${key}`),
      firewall,
    ],
    ['IN', ['rule', 'packet', 'at', 'headers', 'tag'].map((key) => `${steps}/0/${key}`), pair],
    [
      'SW',
      ['rule', 'packet', 'at', 'tag', 'digestIn', 'detected', 'eventSet', 'outputs'].map((key) => `${steps}/1/${key}`),
      pair,
    ],
    ['outputs', ['port', 'headers', 'digest'].map((key) => `${steps}/1/outputs/0/${key}`), pair],
    ['LINK', ['rule', 'packet', 'from', 'to'].map((key) => `${steps}/2/${key}`), pair],
    ['OUT', ['rule', 'packet', 'at', 'host'].map((key) => `${steps}/5/${key}`), pair],
    ['CTRLRECV', ['rule', 'item'].map((key) => `${steps}/13/${key}`), pair],
    ['CTRLSEND', ['rule', 'switch', 'eventSet'].map((key) => `${knocks}/11/${key}`), knocking],
  ] as const)('misses every key of %s', (_, paths, good) => {
    for (const path of paths) expect(() => document(change(good, path, undefined), ''), path).toThrow();
  });

  it.each<[string, unknown, Path, unknown]>([
    ['a status', firewall, 'checks/lemma3/status', 'ok'],
    ['a violation without counterexample', firewall, 'checks/lemma3/status', 'violated'],
    ['a counterexample without violation', firewall, 'checks/theorem1.paper/status', 'holds'],
    ['tables that are right with a counterexample', closed, 'checks/tables/status', 'proved'],
    ['tables that hold', proved, 'checks/tables/status', 'holds'],
    ['a check that holds though tables are wrong', closed, 'checks/lemma3/status', 'holds'],
    ['tables of another kind', closed, 'checks/tables/counterexample/kind', 'too-late'],
    ['tables of another semantics', proved, 'options/semantics', 'figure6'],
    ['event-sets out of order', knocking, 'nes/eventSets', [[], [0, 1], [0]]],
    ['event-sets twice', knocking, 'nes/eventSets', [[], [0], [0], [0, 1]]],
    ['an event-set out of order', knocking, 'nes/eventSets/2', [1, 0]],
    ['an unknown event', knocking, 'nes/eventSets/2', [0, 2]],
    ['no empty event-set', knocking, 'nes/eventSets', [[0], [0, 1]]],
    ['states out of order', knocking, 'ets/states', [[1], [0], [2]]],
    ['an unknown state', knocking, 'ets/edges/0/to', [7]],
    ['ids out of order', knocking, 'nes/events/1/id', 0],
    ['an occurrence too many', knocking, 'nes/events/1/occurrence', 2],
    ['an occurrence that is not that in the history', limited, 'nes/events/1/occurrence', 1],
    ['a time that is not one more', limited, 'nes/events/1/time', 3],
    ['two events with one history', limited, 'nes/events/2/after', 1],
    ['a location', firewall, `${steps}/0/at`, 4],
    ['a number as text in headers', firewall, `${steps}/0/headers`, { ip_dst: '4' }],
    ['a field that is none', firewall, `${steps}/0/headers`, { pt: 4 }],
    ['a tag in best-effort', firewall, `${steps}/0/tag`, []],
    ['a digest in best-effort', firewall, `${steps}/1/outputs/0/digest`, [0]],
    ['no tag in tagged', pair, `${steps}/0/tag`, null],
    ['a packet that has not entered', pair, `${steps}/1/packet`, 1],
    ['packets from 1', pair, `${steps}/0/packet`, 1],
    ['a packet at fault that there is not', pair, 'checks/theorem1.paper/counterexample/packet', 2],
    ['more packets than may enter', pair, 'options/packets', 1],
    ['two events told at once in figure6', knocking, `${knocks}/4/item`, [0, 1]],
    ['CTRLSEND without controller', knocking, 'options/controller', false],
    ['a host that is not there', pair, `${steps}/5/host`, null],
    [
      'an explanation of two paragraphs',
      pair,
      'checks/theorem1.paper/counterexample/explanation',
      `${'x'.repeat(40)}\n\ny`,
    ],
    ['checks of a rejected program', rejected, 'checks', (firewall as { checks: unknown }).checks],
    ['a code', rejected, 'rejected/code', 'wrong'],
    ['line 0', rejected, 'rejected/line', 0],
  ])('refuses %s', (_, good, path, to) => {
    expect(() => document(change(good, path, to), '')).toThrow();
  });

  it('reads formulas', () => {
    for (const good of [
      'true',
      'ip_dst=H4',
      'tcp_dst=9 & tcp_dst!=9 & tcp_dst!=10 & vlan_id!=2',
      'ip_dst=9 & ip_dst!=H1',
    ])
      formula(good, '');
    for (const bad of [
      '',
      'ip_dst=H4 &',
      'ip_dst = H4',
      'vlan_id=1 & ip_dst=H4',
      'tcp_dst!=10 & tcp_dst!=9',
      'tcp_dst!=9 & tcp_dst=9',
      'ip_dst!=H1 & ip_dst!=9',
      'ip_dst=H4 & ip_dst=H4',
      'true & ip_dst=H4',
    ])
      expect(() => formula(bad, ''), bad).toThrow();
    expect(() => headers({ vlan_id: 1.5 }, '')).toThrow();
  });
});

describe('re-running', () => {
  const source = (name: string): string => readFileSync(modelFile(name), 'utf8');
  const counterexample = 'checks/theorem1.paper/counterexample';
  const list = (firewall as { checks: { 'theorem1.paper': { counterexample: { steps: unknown[] } } } }).checks[
    'theorem1.paper'
  ].counterexample.steps;

  it.each<[string, Path, unknown, string]>([
    ['a step that is left out', steps, list.toSpliced(2, 1), 'cannot be re-run'],
    ['the wrong output', `${steps}/1/outputs/0/port`, 2, 'cannot be re-run'],
    ['the wrong host', `${steps}/4/host`, 'H1', 'cannot be re-run'],
    ['the wrong version', `${steps}/6/tag`, [0], 'cannot be re-run'],
    ['too few steps', steps, list.slice(0, 6), 'judges it incomplete'],
    ['something left in the queue', steps, list.slice(0, 7), 'not complete'],
    ['nothing wrong', steps, list.slice(0, 5), 'judges it kept'],
    ['another kind', `${counterexample}/kind`, 'too-early', 'no too-early'],
    ['another packet', `${counterexample}/packet`, 0, 'no too-late'],
    ['another event', `${counterexample}/event`, null, 'no too-late'],
  ])('finds out %s', (_, path, to, why) => {
    const faults = faultsOf(JSON.stringify(change(firewall, path, to)), source('firewall'));
    expect(faults.filter((fault) => fault.startsWith('theorem1.paper'))).toEqual([expect.stringContaining(why)]);
    expect(faultsOf(JSON.stringify(firewall), source('firewall'))).toEqual([]);
  });

  it('finds out steps after a violation of Lemma 3', () => {
    const more = { rule: 'CTRLSEND', switch: 3, eventSet: [0, 1] };
    const { steps } = (knocking as { checks: { lemma3: { counterexample: { steps: unknown[] } } } }).checks.lemma3
      .counterexample;
    const longer = change(knocking, knocks, [...steps, more]);
    expect(faultsOf(JSON.stringify(longer), source('port-knocking'))).toEqual([expect.stringContaining('goes on')]);
  });
});
