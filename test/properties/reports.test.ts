import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { showJUnit } from '../../src/report/machines/junit.js';
import { sarifOf } from '../../src/report/machines/sarif.js';
import { type CheckOptions, check, report, showResult } from '../../src/workbench.js';
import { modelsFolder } from '../models/models.js';

const source = readFileSync(path.join(modelsFolder, 'firewall.snk'));
const properties = {
  file: 'more.props',
  source: `property unasked: never delivered to H1 & !before delivered to H4;
property answered: every sent by H4 with ip_dst=H1 & before delivered to H4 leads to delivered to H1;
property open: in every state: every sent by H4 with ip_dst=H1 leads to delivered;`,
};
const checked = (options: CheckOptions) => check(source, 'firewall.snk', { properties, engine: 'explore', ...options });

describe('properties in reports', () => {
  const run = checked({ semantics: 'best-effort' });

  it('are rows beside the theorems, in text, with what breaks them', async () => {
    const text = showResult((await run).result);
    expect(text).toMatch(/property\.unasked {4}holds {5}up to 3 packets {2}\d+ states {2}vacuously: nothing ever/);
    expect(text).toMatch(/property\.answered {3}violated {2}by packet 1, with 2 packets in 8 steps/);
    expect(text).toMatch(/property\.open {7}violated {2}by a packet of H4, in state \[0\]/);
    expect(text).toContain('How property.open is broken: property');
    expect(text).toContain('at 4:2 with ip_dst=H1, dropped there');
    expect(text).not.toContain('Strong update');
  });

  it('are results of SARIF at the place of their declaration, and cases of JUnit', async () => {
    const { result } = await run;
    const found = sarifOf([result], '1').runs[0]!.results.filter(({ ruleId }) => ruleId === 'property.answered');
    expect(found).toMatchObject([
      {
        kind: 'fail',
        locations: [{ physicalLocation: { artifactLocation: { uri: 'more.props' }, region: { startLine: 2 } } }],
      },
    ]);
    const junit = showJUnit([result]);
    expect(junit).toContain('name="property.unasked');
    expect(junit).toContain('<failure type="property.answered"');
  });

  it('are rows of the page, with what they say, and executions of it', async () => {
    const [page] = await report([(await run).result]);
    expect(page!.html).toContain('never delivered to H1 &amp; !before delivered to H4');
    expect(page!.html).toContain('property.answered is broken');
  });
});

describe('what is asked for', () => {
  it('is by default all properties, and never the strong update', async () => {
    const { result } = await checked({ maxStates: 1 });
    expect(Object.keys(result.checks)).toEqual([
      'lemma3',
      'theorem1.paper',
      'theorem1.causal',
      'property.unasked',
      'property.answered',
      'property.open',
    ]);
  });

  it('is what is named, and a name that is none is said, with the nearest', async () => {
    const { result } = await checked({ checks: ['strong', 'property.open'] });
    expect(Object.keys(result.checks)).toEqual(['strong', 'property.open']);
    const { unasked } = await checked({ checks: ['property.opne', 'lemma'] });
    expect(unasked).toEqual([
      'there is no check property.opne: did you mean property.open?',
      'there is no check lemma: did you mean lemma3?',
    ]);
  });

  it('may be an execution that satisfies a property, the shortest; or there is none', async () => {
    const { result } = await checked({ witness: 'answered' });
    expect(Object.keys(result.checks)).toEqual(['property.answered']);
    const { witness } = result.checks['property.answered']!;
    if (witness?.status !== 'found') throw new Error('no witness');
    expect(witness.steps.filter(({ rule }) => rule === 'IN')).toHaveLength(2);
    const none = await checked({ witness: 'answered', packets: 1 });
    expect(none.result.checks['property.answered']).toMatchObject({ vacuous: true, witness: { status: 'none' } });
    expect(showResult(none.result)).toContain(
      'No execution within the bounds satisfies what property.answered is about',
    );
  });

  it('is honestly unknown to the bounded engine, but for properties of configurations', async () => {
    const { result } = await checked({ engine: 'smt', checks: ['properties'] });
    const statuses = Object.values(result.checks).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 'proved')).toEqual(['unknown', 'unknown', 'violated']);
  });
});
