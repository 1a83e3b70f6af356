import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { check, type Result, type Semantics, semanticsNames } from '../../src/workbench.js';
import { modelsFolder } from '../models/models.js';

const read = (name: string): string => readFileSync(path.join(modelsFolder, name), 'utf8');
const expected = JSON.parse(read('properties.json')) as Record<string, Record<string, Record<Semantics, string>>>;

/** A verdict as `models/properties.json` writes it. */
function written({ status, counterexample, ...more }: NonNullable<Result['checks']['lemma3' | 'tables']>): string {
  const packets = counterexample?.steps.filter(({ rule }) => rule === 'IN').length;
  if (status === 'violated') return packets ? `violated with ${packets}` : 'violated';
  return 'vacuous' in more ? `${status} vacuously` : status;
}

async function verdictsOf(model: string, source: string, semantics: Semantics): Promise<Record<string, string>> {
  const properties = { source: read(`${model}.props`), file: `${model}.props` };
  const options = { properties, checks: ['properties'], semantics, engine: 'explore' } as const;
  const { result } = await check(source, `${model}.snk`, options);
  return Object.fromEntries(
    Object.entries(result.checks).map(([name, shown]) => [name.replace('property.', ''), written(shown)]),
  );
}

describe.each(Object.entries(expected))('%s', (model, properties) => {
  it.each(semanticsNames)('has the properties that its text promises, under %s', async (semantics) => {
    const wanted = Object.entries(properties).map(([name, verdicts]) => [name, verdicts[semantics]]);
    expect(await verdictsOf(model, read(`${model}.snk`), semantics)).toEqual(Object.fromEntries(wanted));
  });
});

/** Each case study with a fault that no theorem finds, since it is faithfully run; and the property that finds it. */
const twins: readonly (readonly [model: string, right: string, wrong: string, property: string])[] = [
  ['firewall', 'ip_dst=H1; state=[1]; pt', 'ip_dst=H1; pt', 'unasked'],
  ['learning-switch', 'state=[0]; pt←3', 'pt←3', 'learnt'],
  ['port-knocking', 'state=[2] & pt=2 & ip_dst=H3', 'state!=[0] & pt=2 & ip_dst=H3', 'knocked'],
  ['ids', 'state!=[2]; pt<-4', 'state!=[1]; pt<-4', 'cut_off'],
  ['nat', 'ip_dst=H1; state=[1]; ip_src', 'ip_dst=H1; ip_src', 'silent'],
  ['bandwidth-cap', 'ip_dst=H1; state!=[2]', 'ip_dst=H1; state!=[1]', 'capped'],
  ['multicast', 'state=[0]; pt<-3', 'pt<-3', 'alone'],
  ['ring-2', 'ip_dst=H1;\n  ( state=[0]; pt<-1', 'ip_dst=H1;\n  ( state!=[2]; pt<-1', 'turned'],
];

describe.each(twins)('a wrong twin of %s', (model, right, wrong, property) => {
  it(`is found by the property ${property}`, async () => {
    const source = read(`${model}.snk`);
    expect(source.split(right)).toHaveLength(2);
    const found = await verdictsOf(model, source.replace(right, wrong), 'tagged');
    expect(found[property]).toMatch(/^violated/);
    expect(expected[model]![property]!.tagged).toMatch(/^holds/);
  });
});

it('every file of properties has its verdicts, and every case study of the paper has one', () => {
  const files = readdirSync(modelsFolder).filter((name) => name.endsWith('.props'));
  expect(files.map((name) => path.basename(name, '.props')).sort()).toEqual(Object.keys(expected).sort());
  for (const model of ['firewall', 'learning-switch', 'port-knocking', 'bandwidth-cap', 'ids', 'ring-2'])
    expect(Object.keys(expected)).toContain(model);
});
