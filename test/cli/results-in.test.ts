import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { resultsIn } from '../../src/cli/results-in.js';
import { check } from '../../src/workbench.js';

/** A result with a counterexample, as JSON. */
let printed = '';

beforeAll(async () => {
  const { result } = await check(readFileSync('models/firewall.snk'), 'models/firewall.snk', {
    semantics: 'best-effort',
    packets: 2,
    engine: 'explore',
  });
  printed = JSON.stringify(result);
});

/** Why the printed result, with the first such text in it replaced, is no result. */
function problemWith(find: string | RegExp, replace: string): string {
  expect(printed).toMatch(find);
  const read = resultsIn('r.json', printed.replace(find, replace));
  return 'problem' in read ? read.problem : 'none';
}

describe('the results in a file', () => {
  it('are those that check has printed, one or several', () => {
    expect(resultsIn('r.json', printed)).toMatchObject({ isArray: false, results: [{ rejected: null }] });
    expect(resultsIn('r.json', `[${printed}, ${printed}]`)).toMatchObject({ isArray: true, results: [{}, {}] });
  });

  it('are read as strictly as validate reads them, wherever they are drawn, replayed or counted', () => {
    expect(problemWith('"rule":"SW"', '"rule":"FOO"')).toMatch(/r\.json is no result .*steps\[1\]\.rule is "FOO"/);
    expect(problemWith(/"steps":\[\{/, '"steps":[7,{')).toMatch(/steps\[0\] is 7/);
    expect(problemWith('"semantics":"best-effort"', '"semantics":"zzz"')).toMatch(/options\.semantics is "zzz"/);
  });

  it('are not what is no JSON, no list of results, or an empty one, said without anything that a terminal obeys', () => {
    expect(resultsIn('r.json', '\u001b[31mred')).toEqual({ problem: expect.stringMatching(/it is not JSON: [ -~]*$/) });
    expect(resultsIn('\u001b.json', '[]')).toEqual({ problem: expect.stringMatching(/^\\u\{1b\}\.json is no result/) });
    expect(resultsIn('r.json', '[]')).toEqual({ problem: expect.stringMatching(/the list is empty/) });
    expect(resultsIn('r.json', '[1]')).toEqual({ problem: expect.stringMatching(/it is no object/) });
  });
});
