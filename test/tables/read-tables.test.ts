import { describe, expect, it } from 'vitest';
import { compileTables } from '../../src/compiler/compile.js';
import { readTables } from '../../src/tables/read-tables.js';
import { compilable, compilableModels, modelSource, tablesOfSource } from '../compiler/compiled.js';

const firewall = JSON.stringify(tablesOfSource(modelSource('firewall')));

/** The firewall's tables with a text changed. */
const changed = (from: string, to: string): string => {
  expect(firewall).toContain(from);
  return firewall.replace(from, to);
};
const problemsOf = (text: string): readonly string[] => {
  const reading = readTables(text);
  return reading.ok ? [] : reading.problems;
};

describe('tables.json', () => {
  it.each(compilableModels)('of %s is read as it was written', (name) => {
    const tables = tablesOfSource(modelSource(name));
    expect(readTables(JSON.stringify(tables))).toEqual({ ok: true, tables });
  });

  it.each([
    ['is not JSON', firewall.slice(1), /^this is not JSON: /],
    ['is a list', '[]', /^this is no table file$/],
    ['is of another format', '{"format":"p4"}', /its `format` is not "snk-verify\/tables"/],
    ['is of another version', changed('"version":2', '"version":1'), /^its `version` is 1; this tool reads version 2$/],
    [
      'has a port over 511',
      changed('"outputs":[{"port":1', '"outputs":[{"port":512'),
      /^switches\[0\]\.forwarding\[\d\]\.outputs\[0\]\.port is 512, not a whole number from 0 to 511 \(the last port of a switch\)$/,
    ],
    [
      'matches an unknown field',
      changed('"headers":{"ip_dst"', '"headers":{"ip_ttl"'),
      /headers names `ip_ttl`, which is no field of these tables$/,
    ],
    ['declares an unknown field', changed('"name":"ip_dst"', '"name":"ip_ttl"'), /^fields\[0\]\.name is "ip_ttl"/],
    ['matches a value that nobody declares', changed('{"ip_dst":"H4"}', '{"ip_dst":"H9"}'), /is "H9", not a value of/],
    ['matches `other`', changed('{"ip_dst":"H4"}', '{"ip_dst":"other"}'), /is "other", not a value of the field/],
    ['has an unknown key', changed('"priority":', '"cookie":1,"priority":'), /has an unknown key `cookie`$/],
    ['lacks a key', changed('"learning"', '"lernen"'), /learning is missing: a list$/],
    ['has a tag too wide', changed('"tag":1}', '"tag":2}'), /^block 0: tag 2 has more than 1 bits$/],
    ['has a tag too wide for switches', changed('"widths":{"tag":1', '"widths":{"tag":65'), /^widths\.tag is 65/],
    ['has a digest too wide', changed('"digest":1}', '"digest":65}'), /^widths\.digest is 65/],
    [
      'gives two event-sets one tag',
      changed('"events":[0],"tag":1', '"events":[0],"tag":0'),
      /^block 0: tag 0 is there twice$/,
    ],
    ['speaks of an event that is not', changed('"forbidden":[0]', '"forbidden":[1]'), /is 1, not an event \(0\)$/],
  ])('that %s is an error', (_name, text, message) => {
    expect(problemsOf(text)).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
  });
});

describe('a program is not compiled that needs', () => {
  const chain = (events: number): string => {
    const steps = Array.from({ length: events }, (_, i) => `state=[${i}]; (1:1)->(2:1)-><state<-[${i + 1}]>`);
    return `host H1 @ 1:2; host H2 @ 2:2; link 1:1 <-> 2:1; state [0];
policy sw=1 & pt=2; pt<-1; (${steps.join(' + ')}); pt<-2`;
  };
  it('more events than a digest holds', () => {
    expect(() => compileTables(compilable(chain(65))!)).toThrow(/^65 events are more than a digest of 64 bits holds$/);
    expect(compileTables(compilable(chain(64))!).tags.map(({ width }) => width)).toEqual([7]);
  });
  it('more event-sets than a tag names', () => {
    const source = compilable(chain(3))!;
    const { structure } = source;
    const eventSets = Array.from({ length: 2 ** 16 + 1 }, (_, i) => BigInt(i));
    const blocks = structure.blocks.map((block) => ({ ...block, eventSets }));
    expect(() => compileTables({ ...source, structure: { ...structure, blocks } })).toThrow(
      /^the 65537 event-sets of the block of state\(0\) are more than 16 bits of a tag name$/,
    );
  });
  it('a port over 511', () => {
    const source = chain(1).replaceAll('1:1', '1:512').replace('pt<-1', 'pt<-512');
    expect(() => compileTables(compilable(source)!)).toThrow(/^port 1:512 is over 511, the last that switches have$/);
  });
});
