import { afterAll, describe, expect, it } from 'vitest';
import { openSession } from '../../src/smt/solver/session.js';
import type { Tables } from '../../src/tables/tables.js';
import { faults, harmless } from '../smt/proofs/faults.js';
import { obstacles, programs } from '../smt/proofs/outcomes.js';
import { openLaboratory } from './laboratory.js';
import { mutants } from './mutants.js';
import { type Consequence, consequences, excusedFiles, excusedFolders } from './proofs.js';

const outcomes = 'test/smt/proofs/outcomes.test.ts';

const isExcused = (file: string): boolean =>
  file in excusedFiles || Object.keys(excusedFolders).some((folder) => file.startsWith(folder));
const listed = Object.entries(consequences).flatMap(([file, own]) =>
  Object.entries(own).map(([name, consequence]) => ({ file, name, consequence })),
);
const of = <Kind extends Consequence['kind']>(kind: Kind) =>
  listed.flatMap(({ file, name, consequence }) =>
    consequence.kind === kind
      ? [[`${file}: ${name}`, consequence as Extract<Consequence, { kind: Kind }>] as const]
      : [],
  );

describe('what becomes of the proofs', () => {
  it('is said of every planted fault, once', () => {
    const unsaid = mutants.filter(({ file, name }) => !isExcused(file) && consequences[file]?.[name] === undefined);
    expect(unsaid.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
    expect(listed.filter(({ file }) => isExcused(file)).map(({ file }) => file)).toEqual([]);
  });
  it('is said of no other', () => {
    const isPlanted = (file: string, name: string) => mutants.some((m) => m.file === file && m.name === name);
    expect(listed.filter(({ file, name }) => !isPlanted(file, name)).map(({ name }) => name)).toEqual([]);
    const files = new Set(mutants.map(({ file }) => file));
    expect(Object.keys(excusedFiles).filter((file) => !files.has(file))).toEqual([]);
  });
  // That they leave no proof, and which obligations do not follow, is in test/smt/proofs/faults.test.ts.
  it.each(of('rules'))('a fault in the rules: %s', (_, { fault }) =>
    expect(faults.map(([name]) => name)).toContain(fault),
  );
  it.each(of('harmless'))('harmless: %s', (_, { change }) => expect(harmless.map(([name]) => name)).toContain(change));
});

describe('a fault in the sources leaves a program without its proof, and is named', { timeout: 20 * 60_000 }, () => {
  const { control, run, close } = openLaboratory();
  afterAll(close);

  it('without one all is as it should be', async () =>
    expect(await control(outcomes)).toMatchObject({ kind: 'green' }));
  it.each(of('sources'))('%s', async (planted, { names }) => {
    const mutant = mutants.find(({ file, name }) => `${file}: ${name}` === planted)!;
    const { kind, details } = await run([outcomes], mutant, 'written');
    expect(kind, details).toBe('red');
    expect(details).toContain(`"${names}"`);
  });
});

describe('a fault in the tables leaves a program without its proof, and is named', () => {
  const session = openSession();
  afterAll(session.close);

  /** Rules that look at no tag: a packet is forwarded by what the first of them says. */
  const withoutTags = (tables: Tables): Tables => ({
    ...tables,
    switches: tables.switches.map((here) => ({
      ...here,
      forwarding: here.forwarding.map(({ match: { tag: _, ...match }, ...rule }) => ({ ...rule, match })),
    })),
  });
  it.each(of('tables'))('%s', async (_, { names }) => {
    const [text] = programs['firewall']!;
    expect(await obstacles(session, text)).toEqual([]);
    expect(await obstacles(session, text, withoutTags)).toContain(names);
  });
});
