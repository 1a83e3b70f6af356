import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../src/report/read/document.js';
import { orThrow } from '../../src/verbs/load.js';
import { check, type Result, type Semantics, validateExecutions } from '../../src/workbench.js';

/** What the definitions say of each property, found by plain enumeration: see /work/shared/cases/README.md. */
interface Row {
  readonly semantics: Semantics;
  readonly controller: 'on' | 'off';
  readonly packets: number;
  readonly results: Readonly<Record<string, string>>;
}

const here = import.meta.dirname;
const read = (name: string): string => readFileSync(path.join(here, name), 'utf8');
const expected = JSON.parse(read('expected.json')) as Record<string, readonly Row[]>;

/** A verdict as `expected.json` writes it. */
function written({ status, counterexample, ...more }: NonNullable<Result['checks']['lemma3' | 'tables']>): string {
  if (status === 'violated') return `violated with ${counterexample!.steps.filter(({ rule }) => rule === 'IN').length}`;
  if (status === 'holds' && 'vacuous' in more) return 'holds vacuously';
  // A proof for any number of packets is one for these.
  return status === 'proved' ? 'holds' : status;
}

describe.each(Object.entries(expected))('%s', (name, rows) => {
  it.each(rows)('$semantics, controller $controller, $packets packets', async (row) => {
    const source = read(`${name}.snk`);
    const { result } = await check(source, `${name}.snk`, {
      properties: { source: read(`${name}.props`), file: `${name}.props` },
      checks: ['properties', 'strong'],
      semantics: row.semantics,
      controller: row.controller === 'on',
      packets: row.packets,
      engine: 'explore',
    });
    const found = Object.entries(result.checks).map(([key, shown]) => [key.replace('property.', ''), written(shown)]);
    expect(Object.fromEntries(found)).toEqual(row.results);
    const json = JSON.stringify(result);
    // Each execution is re-run, by the definitions word for word and by the verb that users have.
    const reading = readDocuments(json);
    if (!reading.ok) throw new Error(reading.problems.join('\n'));
    const [document] = reading.documents;
    const violated = Object.values(row.results).filter((verdict) => verdict.startsWith('violated'));
    expect(document!.executions).toHaveLength(violated.length);
    const { validation } = orThrow(validateExecutions(document!, source, `${name}.snk`));
    expect(validation.executions.filter(({ confirmed }) => !confirmed)).toEqual([]);
  });
});

describe('the files', () => {
  const originals = ['../../../shared/cases/properties', '../../../shared/conformance/programs'].map((folder) =>
    path.resolve(here, folder),
  );
  const names = readdirSync(here).filter((name) => /\.(snk|props|json)$/.test(name));

  it('are four programs, their properties and the verdicts', () => {
    const wanted = Object.keys(expected).flatMap((name) => [`${name}.snk`, `${name}.props`]);
    expect(names.sort()).toEqual([...wanted, 'expected.json'].sort());
  });

  it.skipIf(!originals.every(existsSync))('are copies of those that were found', () => {
    for (const name of names) {
      const original = readFileSync(path.join(originals[name.endsWith('.snk') ? 1 : 0]!, name), 'utf8');
      if (name.endsWith('.json')) expect(JSON.parse(read(name))).toEqual(JSON.parse(original));
      else expect(read(name)).toBe(original);
    }
  });
});
