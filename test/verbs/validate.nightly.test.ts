import { readdirSync, readFileSync } from 'node:fs';
import mermaid from 'mermaid';
import { describe, expect, it } from 'vitest';
import type { Semantics } from '../../src/execution/execution.js';
import { readDocuments } from '../../src/report/read/document.js';
import { orThrow } from '../../src/verbs/load.js';
import { check, convert, formatNames, validateExecutions } from '../../src/workbench.js';

const models = readdirSync('models').filter((name) => name.endsWith('.snk'));

describe.each(models)('every counterexample of %s', (name) => {
  it.each(['tagged', 'figure6', 'two-phase', 'best-effort'] satisfies Semantics[])(
    'under %s is confirmed, and has every format',
    async (semantics) => {
      const file = `models/${name}`;
      const source = readFileSync(file);
      const { result } = await check(source, file, { semantics, force: true });
      const reading = readDocuments(JSON.stringify(result));
      if (!reading.ok) throw new Error(reading.problems.join('\n'));
      const [document] = reading.documents;
      const violated = Object.entries(result.checks).filter(([, { status }]) => status === 'violated');
      expect(document!.executions.map(({ claim }) => claim?.check)).toEqual(violated.map(([check]) => check));
      if (violated.length === 0) return;
      const validated = orThrow(validateExecutions(document!, source, file));
      expect(validated.validation.executions.map(({ confirmed, why }) => (confirmed ? true : why))).toEqual(
        violated.map(() => true),
      );
      for (const format of formatNames) {
        const converted = convert(reading.documents, format, { ascii: true });
        if (!converted.ok) throw new Error(`${format}: ${converted.why}`);
        const { content } = converted;
        if (format === 'text')
          expect(
            Math.max(
              ...String(content)
                .split('\n')
                .map((line) => line.length),
            ),
          ).toBeLessThanOrEqual(80);
        if (format === 'mermaid')
          expect(await mermaid.parse(String(content))).toMatchObject({ diagramType: 'sequence' });
        expect(content.length).toBeGreaterThan(100);
      }
    },
  );
});
