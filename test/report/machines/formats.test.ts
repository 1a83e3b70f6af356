import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { check, type Result, sarifOf, showJUnit } from '../../../src/workbench.js';
import { modelFile } from '../../models/models.js';

const results: Result[] = [];
const resultOf = async (name: string, source: string): Promise<Result> =>
  (await check(source, name, { packets: 2, engine: 'explore' })).result;
const model = (name: string) => readFileSync(modelFile(name), 'utf8');

beforeAll(async () => {
  results.push(
    await resultOf('models/chain-bounce.snk', model('chain-bounce')),
    await resultOf('models/firewall.snk', model('firewall')),
    await resultOf('models/figure-2c.snk', model('figure-2c')),
    await resultOf('a b/<"&\u0007>.snk', 'host H1 @ 1:1\npolicy'),
    (await check(model('firewall'), 'few.snk', { maxStates: 5, engine: 'explore' })).result,
  );
});

/** What SARIF 2.1.0 demands of the properties that we write (sections 3.13 to 3.38). */
function expectSarif(log: ReturnType<typeof sarifOf>): void {
  expect(log.version).toBe('2.1.0');
  expect(log.$schema).toMatch(/^https:.*sarif-schema-2\.1\.0\.json$/);
  for (const { tool, results, columnKind } of log.runs) {
    expect(tool.driver.name).toBe('snk-verify');
    expect(columnKind).toBe('unicodeCodePoints');
    const ids = tool.driver.rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const result of results) {
      expect(ids).toContain(result.ruleId);
      expect(['pass', 'fail', 'open']).toContain(result.kind);
      expect(result.level).toBe(result.kind === 'fail' ? 'error' : 'none');
      expect(result.message.text).not.toBe('');
      const flows =
        result.codeFlows?.flatMap(({ threadFlows }) => threadFlows).flatMap(({ locations }) => locations) ?? [];
      for (const { physicalLocation } of [...result.locations, ...flows.map(({ location }) => location)]) {
        // A URI reference (RFC 3986): nothing in it needs escaping.
        expect(physicalLocation.artifactLocation.uri).toMatch(/^[\w.~%!$'()*+,;=:@/-]+$/);
        expect(physicalLocation.region.startLine).toBeGreaterThanOrEqual(1);
        expect(physicalLocation.region.startColumn).toBeGreaterThanOrEqual(1);
      }
      expect(flows.map(({ executionOrder }) => executionOrder)).toEqual(flows.map((_, i) => i + 1));
    }
  }
}

describe('SARIF', () => {
  it('is what the standard demands', () => expectSarif(sarifOf(results, '1.2.3')));

  it('shows an execution as a way through the text', () => {
    const found = sarifOf(results, '1.2.3').runs[0]!.results.find(
      ({ kind, codeFlows }) => kind === 'fail' && codeFlows,
    )!;
    const lines = model('chain-bounce').split('\n');
    const { steps } = results[0]!.checks['theorem1.paper']!.counterexample!;
    const flow = found.codeFlows![0]!.threadFlows[0]!.locations;
    expect(flow).toHaveLength(steps.length);
    for (const [i, step] of steps.entries()) {
      const { startLine, startColumn } = flow[i]!.location.physicalLocation.region;
      const text = lines[startLine - 1]!.slice(startColumn - 1);
      if (step.rule === 'LINK') expect(text.startsWith(`(${step.from})->(${step.to})`), text).toBe(true);
      if (step.rule === 'IN') expect(text).toMatch(new RegExp(`^host \\w+ @ ${step.at}`));
    }
  });

  it('points at what is to blame for a rejection', () => {
    const found = sarifOf(results, '1.2.3').runs[0]!.results.filter(({ ruleId }) => ruleId.startsWith('rejected.'));
    expect(found.map(({ ruleId }) => ruleId)).toEqual(['rejected.incomplete', 'rejected.syntax']);
    const { line, column } = results[3]!.rejected!;
    expect(found[1]!.locations[0]!.physicalLocation.region).toEqual({ startLine: line, startColumn: column });
  });
});

describe('JUnit', () => {
  it('counts what fails and what nobody knows', () => {
    const xml = showJUnit(results);
    expect(xml).toContain('<testsuite name="models/chain-bounce.snk" tests="3" failures="1" errors="0" skipped="0">');
    expect(xml).toContain('<testsuite name="models/firewall.snk" tests="3" failures="0" errors="0" skipped="0">');
    expect(xml).toContain('<testsuite name="models/figure-2c.snk" tests="1" failures="1" errors="0" skipped="0">');
    expect(xml).toContain('<testsuite name="few.snk" tests="3" failures="0" errors="3" skipped="0">');
  });

  it('is well-formed, whatever names there are', () => {
    const xml = showJUnit(results);
    expect(xml).toContain('a b/&lt;&quot;&amp;\ufffd&gt;.snk');
    const open: string[] = [];
    for (const [, closes, name, inside] of xml.matchAll(/<(\/?)(\w+)((?:\s+\w+="[^"<]*")*)\s*\/?>/g)) {
      if (closes) expect(open.pop()).toBe(name);
      else if (!xml.includes(`<${name}${inside}/>`)) open.push(name!);
    }
    expect(open).toEqual([]);
  });
});
