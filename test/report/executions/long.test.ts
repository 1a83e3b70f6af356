import { beforeAll, describe, expect, it } from 'vitest';
import {
  convert,
  formatNames,
  type Result,
  readDocuments,
  report,
  validateExecutions,
} from '../../../src/workbench.js';
import { longExecution } from '../html/programs.js';

const steps = 40_000;

/** The same result with other steps. */
function withSteps(result: Result, taken: NonNullable<Result['checks']['lemma3']>['counterexample']): Result {
  return { ...result, checks: { lemma3: { ...result.checks.lemma3!, counterexample: taken } } };
}

const documentsOf = (result: Result) => {
  const reading = readDocuments(JSON.stringify(result));
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  return reading.documents;
};

describe(`an execution of ${steps.toLocaleString('en')} steps`, () => {
  let line: Result;
  /** All packets enter before any goes on, so that queues are as long as the execution. */
  let crowd: Result;
  beforeAll(async () => {
    line = await longExecution(2, steps);
    const { counterexample } = line.checks.lemma3!;
    const enter = { rule: 'IN', at: '1:2', headers: { ip_dst: 'B' }, tag: [] } as const;
    const entering = Array.from({ length: steps }, (_, packet) => ({ ...enter, packet }));
    crowd = withSteps(line, { ...counterexample!, steps: entering, occurrences: [] });
  });

  it.each(formatNames)('is written as %s, or it is said why not', (format) => {
    const long = convert(documentsOf(line), format, { ascii: true });
    expect(long.ok).toBe(true);
    const crowded = convert(documentsOf(crowd), format, { ascii: true });
    if (format !== 'itf') expect(crowded.ok).toBe(true);
    else expect(crowded).toMatchObject({ ok: false, why: expect.stringContaining('40,000 steps that is too much') });
  });

  it('is on a page by its ends', async () => {
    for (const result of [line, crowd]) {
      const [page] = await report([result]);
      expect(page!.html.length).toBeLessThan(1_000_000);
    }
  });

  it('is too long to be validated, which is said', () => {
    const [document] = documentsOf(line);
    expect(JSON.stringify(validateExecutions(document!, line.program.text!, 'line.snk'))).toContain(
      'has more than 1000 steps',
    );
  });
});
