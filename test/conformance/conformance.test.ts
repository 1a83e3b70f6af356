import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectRejection, expectRun, expectStructures, nameOf, readExpectations, root } from './expectation.js';

/** Copies, so that a fresh clone alone tests against them; `original`, where it exists, is what they are copies of. */
const here = import.meta.dirname;
const original = path.resolve(root, '../shared/conformance');
const hasOriginal = existsSync(original);
const whyLeftOut = `left out: comparing the copies with the originals, for there is no folder ${original}`;

const programs = readExpectations(path.join(here, 'expected.json'));
const fileOf = (name: string) => path.join(here, 'programs', `${name}.snk`);

describe('the conformance programs, as the copies here have them', () => {
  for (const [name, expectation] of Object.entries(programs)) {
    describe(name, () => {
      it(`is ${expectation.rejected ? `rejected: ${expectation.rejected}` : 'accepted'}`, () =>
        expectRejection(fileOf(name), expectation));
      if (expectation.ets)
        it('has its transition system and event structure', () => expectStructures(fileOf(name), expectation));
      for (const run of expectation.runs ?? []) it(nameOf(run), () => expectRun(fileOf(name), run, false));
      for (const run of expectation.forcedRuns ?? [])
        it(`forced: ${nameOf(run)}`, () => expectRun(fileOf(name), run, true));
    });
  }

  it('are 25 programs with 204 runs of three checks', () => {
    const runs = Object.values(programs).flatMap(({ runs = [], forcedRuns = [] }) => [...runs, ...forcedRuns]);
    expect({ programs: Object.keys(programs).length, runs: runs.length }).toEqual({ programs: 25, runs: 204 });
    expect(runs.every(({ checks }) => Object.keys(checks).length === 3)).toBe(true);
  });
});

describe.skipIf(!hasOriginal)('the copies', () => {
  const names = (folder: string) => readdirSync(path.join(folder, 'programs')).sort();

  it('are of all the programs', () => expect(names(here)).toEqual(names(original)));
  it('are the programs, byte for byte', () => {
    for (const name of names(original))
      expect(readFileSync(path.join(here, 'programs', name)), name).toEqual(
        readFileSync(path.join(original, 'programs', name)),
      );
  });
  it('expect the same', () => expect(programs).toEqual(readExpectations(path.join(original, 'expected.json'))));
});

if (!hasOriginal) console.warn(whyLeftOut);
