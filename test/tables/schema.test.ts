import { describe, expect, it } from 'vitest';
import type { Tables } from '../../src/tables/tables.js';
import { compilableModels, modelSource, tablesOfSource } from '../compiler/compiled.js';
import { violations } from '../schema.js';

describe('docs/tables.schema.json', () => {
  it.each(compilableModels)('describes the tables of %s', (name) => {
    expect(violations('tables', tablesOfSource(modelSource(name)))).toEqual([]);
  });
  it('forbids what the reader does not understand', () => {
    const tables = tablesOfSource(modelSource('firewall'));
    const wrong: readonly (readonly [object, string])[] = [
      [{ version: 1 }, '/version must be equal to constant'],
      [{ cookie: 1 }, '/ must NOT have additional properties: cookie'],
      [{ widths: { ...tables.widths, tag: 65 } }, '/widths/tag must be <= 64'],
      [{ fields: [{ name: 'ip_ttl', domain: [] }] }, '/fields/0/name must be equal to one of the allowed values'],
      [
        { switches: [{ ...(tables.switches[0] as Tables['switches'][number]), id: '1' }] },
        '/switches/0/id must be integer',
      ],
    ];
    for (const [change, problem] of wrong) expect(violations('tables', { ...tables, ...change })).toContain(problem);
    const { links: _, ...without } = tables;
    expect(violations('tables', without)).toEqual(["/ must have required property 'links'"]);
  });
});
