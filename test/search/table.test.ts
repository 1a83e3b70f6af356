import { describe, expect, it } from 'vitest';
import { problemOf } from './differential.js';
import { programs } from './programs.js';
import { optionsOf, readVerdicts, verdictsOf } from './verdicts.js';

const verdicts = readVerdicts();

it('has verdicts for every program, and a program for every verdict', () => {
  expect(Object.keys(verdicts).sort()).toEqual(Object.keys(programs).sort());
});

describe.each(Object.entries(verdicts))('%s', (name, runs) => {
  it.each(Object.entries(runs))('%s: %s', (run, expected) => {
    const problem = problemOf({ source: programs[name]!, ...optionsOf(run) });
    expect(typeof problem === 'string' ? problem : verdictsOf(problem)).toBe(expected);
  });
});
