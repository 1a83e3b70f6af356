import { expect, it } from 'vitest';
import { defaultLimits } from '../../src/base/limits.js';
import { witness } from '../../src/engines/witness.js';
import { modelOf } from '../../src/export/model.js';
import { promela } from '../../src/export/promela.js';
import { showJUnit } from '../../src/report/machines/junit.js';
import { sarifOf } from '../../src/report/machines/sarif.js';
import { showResult } from '../../src/report/text/text.js';
import { explore } from '../../src/search/explorer.js';
import { obligationsOf } from '../../src/smt/proofs/obligations.js';
import { checkNames, namesIn, type TheoremCheck, theorems } from '../../src/theorems/checks.js';
import { judge } from '../../src/theorems/index.js';
import { check } from '../../src/workbench.js';
import { modelSource } from '../compiler/compiled.js';
import { settingOf } from '../oracle/setting.js';
import { budget, problemOf } from '../search/differential.js';

/** Asked by a kind that engines know, under a name of its own: what a property of a program is to them. */
const twin: TheoremCheck = {
  ...theorems['theorem1.causal'],
  name: 'property.reply',
  title: 'Replies come through',
  statement: 'Replies come through, whoever asked',
};
const source = modelSource('firewall');
const problem = problemOf({ source, semantics: 'best-effort', controller: true, packets: 2, unroll: 8 });
if (typeof problem === 'string') throw new Error(problem);

it('theorems are found by their names', () => {
  for (const name of checkNames) expect(theorems[name]).toMatchObject({ name, kind: name });
});

it('another name of a kind is decided and confirmed without a line of its own', () => {
  const found = explore(problem, twin, budget);
  expect(found).toEqual(explore(problem, theorems['theorem1.causal'], budget));
  expect(found.status).toBe('violated');
  // What is no violation is said to be none, by this name.
  expect(() => witness(problem, twin, [], 'complete')).toThrow('property.reply');
  const nothing = { setting: settingOf(source), states: [], taken: [], complete: true, drained: true };
  expect(judge(twin, nothing)).toEqual(judge(theorems['theorem1.causal'], nothing));
});

it('is exported as what it is decided by', () =>
  expect(promela(modelOf(problem), twin, 'p')).toBe(promela(modelOf(problem), theorems['theorem1.causal'], 'p')));

it('is proved by the obligations of its kind, which stand on those of others', () => {
  const obligations = obligationsOf({ ...problem, limits: defaultLimits }, [twin]);
  expect([...obligations.keys()]).toEqual(['lemma3', 'property.reply']);
});

it('is a row of every report', async () => {
  const { result } = await check(source, 'firewall.snk', { semantics: 'best-effort', packets: 2, engine: 'explore' });
  const row = result.checks['theorem1.causal']!;
  const more = { ...result, checks: { ...result.checks, [twin.name]: row } };
  expect(namesIn(more.checks)).toEqual([...checkNames, 'property.reply']);
  expect(showResult(more, { colour: false })).toContain('property.reply      violated');
  expect(showJUnit([more])).toContain('name="property.reply');
  expect(JSON.stringify(sarifOf([more], '1'))).toContain('"ruleId":"property.reply"');
});

it('what is no name is none', () => expect(namesIn({ tables: 1, 'property.<b>': 1, hasOwn: 1 })).toEqual([]));
