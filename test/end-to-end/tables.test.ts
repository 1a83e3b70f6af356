import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tables } from '../../src/workbench.js';
import { type Document, document } from '../report/contract.js';
import { faultsOf } from '../report/rerun.js';
import { buildCommandLine, snkVerify, workFolder } from './command-line.js';

const work = workFolder();
afterAll(work.remove);
let written = '';
beforeAll(async () => {
  buildCommandLine();
  await snkVerify(['compile', 'models/port-knocking.snk', '-o', '.'], { cwd: work.folder });
  written = readFileSync(path.join(work.folder, 'tables.json'), 'utf8');
});

/** `check --tables` of port knocking, with an artefact that is written first. */
async function checkWith(artefact: string, ...options: readonly string[]) {
  writeFileSync(path.join(work.folder, 'changed.json'), artefact);
  return snkVerify(['models/port-knocking.snk', '--tables', 'changed.json', ...options], { cwd: work.folder });
}
/** The artefact with something else in it. */
const changed = (change: (tables: Tables) => Tables): string => JSON.stringify(change(JSON.parse(written) as Tables));
const atSwitch =
  (id: number, change: (here: Tables['switches'][number]) => object) =>
  (tables: Tables): Tables => ({
    ...tables,
    switches: tables.switches.map((one) => (one.id === id ? { ...one, ...change(one) } : one)),
  });

describe('check --tables', () => {
  it.each<[string, () => string, string]>([
    ['no JSON', () => written.slice(1), 'changed.json: this is not JSON: '],
    ['another version', () => written.replace('"version": 2', '"version": 7'), 'this tool reads version 2'],
    [
      'a port over 511',
      () => written.replace(/"port": 2,/, '"port": 512,'),
      'is 512, not a whole number from 0 to 511',
    ],
    ['a tag too wide', () => changed((t) => ({ ...t, widths: { ...t.widths, tag: 65 } })), 'widths.tag is 65'],
    ['a pc too wide', () => changed((t) => ({ ...t, widths: { ...t.widths, pc: 9 } })), 'widths.pc is 9'],
    ['a digest too wide', () => changed((t) => ({ ...t, widths: { ...t.widths, digest: 65 } })), 'widths.digest is 65'],
    ['an unknown field', () => written.replaceAll('"ip_dst"', '"ip_ttl"'), 'is "ip_ttl", not a header field'],
    ['a port of another network', () => written.replace(/"port": 2,/, '"port": 77,'), 'is no port of the program'],
    [
      'no tables of a switch',
      () => changed((t) => ({ ...t, switches: t.switches.slice(1) })),
      'switches: the switch 1 of the program is not there',
    ],
    [
      'an event-set too few',
      () => changed((t) => ({ ...t, blocks: t.blocks.map((b) => ({ ...b, eventSets: b.eventSets.slice(1) })) })),
      'blocks: the event-set {} of the program is not there',
    ],
  ])('says what is wrong with %s', async (_, artefact, message) => {
    const { status, stdout, stderr } = await checkWith(artefact(), '--json');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^snk-verify: /);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });

  it('shows an execution that comes to the difference, and knows nothing else then', async () => {
    const deaf = changed(atSwitch(2, () => ({ learning: ['register', 'detected'] })));
    const { status, stdout } = await checkWith(deaf, '--json');
    const result = JSON.parse(stdout) as Document;
    document(result, '');
    expect(status).toBe(1);
    expect(result.checks['tables']).toMatchObject({ status: 'violated', obligations: 48 });
    expect(result.checks['tables']!.counterexample!.steps.at(-1)).toMatchObject({ rule: 'SW' });
    const source = readFileSync(path.join(work.folder, 'models/port-knocking.snk'), 'utf8');
    expect(faultsOf(stdout, source)).toEqual([]);
    for (const name of ['lemma3', 'theorem1.paper', 'theorem1.causal'])
      expect(result.checks[name]).toMatchObject({ status: 'unknown', limit: 'tables' });
  });

  it('finds the same by exploration alone', async () => {
    const deaf = changed(atSwitch(2, () => ({ learning: ['register', 'detected'] })));
    const [all, explored] = [await checkWith(deaf, '--json'), await checkWith(deaf, '--json', '--engine', 'explore')];
    const [one, other] = [all, explored].map(({ stdout }) => (JSON.parse(stdout) as Document).checks['tables']!);
    expect(other!.counterexample).toEqual(one!.counterexample);
    expect(explored.status).toBe(1);
  });
});
