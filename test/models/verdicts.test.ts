import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ring } from '../../scripts/ring.mjs';
import {
  expectCrossCheck,
  expectRejection,
  expectRun,
  expectStructures,
  nameOf,
  readExpectations,
} from '../conformance/expectation.js';
import { expectContract } from '../report/expect-contract.js';
import { modelFile, models, modelsFolder } from './models.js';

const conformance = path.resolve(import.meta.dirname, '../conformance');
const conformanceExpected = readExpectations(path.join(conformance, 'expected.json'));
const withoutComments = (file: string) => readFileSync(file, 'utf8').replaceAll(/^#.*\n/gm, '');

describe.each(Object.entries(models))('%s', (name, model) => {
  it('starts with a comment that says what to expect', () => {
    const comment = readFileSync(modelFile(name), 'utf8').split(/^[^#]/m)[0]!;
    expect(comment).toMatch(/^# .*\n#\n(# .*\n)+#\n# Expect: /);
  });
  it(model.rejected ? `is rejected: ${model.rejected}` : 'is accepted', () => expectRejection(modelFile(name), model));
  if (model.ets) it('has its transition system and event structure', () => expectStructures(modelFile(name), model));
  // The JSON of what is checked here anyway is held to its contract too; test/report/json.test.ts has the other ways.
  for (const run of model.runs ?? [])
    if (!run.nightly)
      it(nameOf(run), async () => expectContract(await expectRun(modelFile(name), run, false), modelFile(name)));
  for (const run of model.runs ?? [])
    if (!run.nightly && run.semantics === 'tagged' && run.packets <= 3)
      it(`${nameOf(run)}: proofs and a full cross-check`, () => expectCrossCheck(modelFile(name), run));
  for (const run of model.forcedRuns ?? [])
    it(`forced: ${nameOf(run)}`, async () =>
      expectContract(await expectRun(modelFile(name), run, true), modelFile(name)));

  const { conformance: same } = model;
  if (same !== undefined)
    it(`is the conformance program ${same}, with its verdicts`, () => {
      expect(withoutComments(modelFile(name))).toBe(withoutComments(path.join(conformance, 'programs', `${same}.snk`)));
      const { ets, nes, runs, forcedRuns } = model;
      const theirs = conformanceExpected[same]!;
      expect({ ets, nes, runs, forcedRuns }).toEqual({
        ets: theirs.ets,
        nes: theirs.nes,
        runs: theirs.runs,
        forcedRuns: theirs.forcedRuns,
      });
    });
});

describe('models/', () => {
  it('has an expectation for every program, and a program for every expectation', () => {
    const files = readdirSync(modelsFolder).filter((file) => file.endsWith('.snk'));
    expect(files.sort()).toEqual(
      Object.keys(models)
        .map((name) => `${name}.snk`)
        .sort(),
    );
  });
  it('says what every accepted program does in 2 and 3 packets, in all variants, except for the largest ring', () => {
    const variants = ['tagged', 'tagged', 'figure6', 'figure6', 'two-phase', 'best-effort'];
    for (const [name, { rejected, runs, forcedRuns }] of Object.entries(models)) {
      if (rejected && rejected !== 'nonlocal') continue;
      if (name === 'ring-8') continue;
      const listed = (runs ?? forcedRuns ?? []).filter(({ packets }) => packets <= 3).map(({ semantics }) => semantics);
      expect(listed, name).toEqual([...variants, ...variants]);
    }
  });
  it.each([2, 3, 4, 5, 6, 7, 8])('has the ring of diameter %i as its generator prints it', (diameter) => {
    expect(readFileSync(modelFile(`ring-${diameter}`), 'utf8')).toBe(ring(diameter));
  });
});
