import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Tables } from '../../src/tables/tables.js';
import { compilableModels, modelSource, tablesOfSource } from '../compiler/compiled.js';
import { root } from '../conformance/expectation.js';
import { type Schema, violations } from './schema.js';

const schema = JSON.parse(readFileSync(path.join(root, 'docs/tables.schema.json'), 'utf8')) as Schema;

describe('docs/tables.schema.json', () => {
  it.each(compilableModels)('describes the tables of %s', (name) => {
    expect(violations(schema, tablesOfSource(modelSource(name)))).toEqual([]);
  });
  it('forbids what the reader does not understand', () => {
    const tables = tablesOfSource(modelSource('firewall'));
    const wrong: readonly (readonly [object, string])[] = [
      [{ version: 2 }, '.version: const'],
      [{ cookie: 1 }, ': additional cookie'],
      [{ widths: { ...tables.widths, tag: 17 } }, '.widths.tag: maximum'],
      [{ fields: [{ name: 'ip_ttl', domain: [] }] }, '.fields[0].name: enum'],
      [{ switches: [{ ...(tables.switches[0] as Tables['switches'][number]), id: '1' }] }, '.switches[0].id: type'],
    ];
    for (const [change, problem] of wrong) expect(violations(schema, { ...tables, ...change })).toContain(problem);
    const { links: _, ...without } = tables;
    expect(violations(schema, without)).toEqual([': required links']);
  });
});
