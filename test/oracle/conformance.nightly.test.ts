import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Semantics } from '../../src/execution/execution.js';
import { bruteForce } from './brute-force.js';
import { settingOf } from './setting.js';

const folder = path.resolve(import.meta.dirname, '../conformance');

interface ExpectedRun {
  readonly semantics: Semantics;
  readonly controller: boolean;
  readonly packets: number;
  readonly checks: Readonly<Record<string, { readonly status: string; readonly packetsNeeded?: number }>>;
}

interface ExpectedProgram {
  readonly runs?: readonly ExpectedRun[];
  readonly forcedRuns?: readonly ExpectedRun[];
}

/** Where more histories than this would have to be looked at (minutes, gigabytes), the oracle gives up. */
const histories = 250_000;

describe('the conformance programs with two packets, by brute force', () => {
  const expected: Record<string, ExpectedProgram> = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8'));
  const rows = Object.entries(expected).flatMap(([name, { runs = [], forcedRuns = [] }]) =>
    [...runs, ...forcedRuns]
      .filter(({ packets }) => packets === 2)
      .map((run) => ({ ...run, name, title: `${name} ${run.semantics} controller ${run.controller}` })),
  );
  it.for(rows)('$title', ({ name, semantics, controller, checks }, { skip }) => {
    const setting = settingOf(readFileSync(`${folder}/programs/${name}.snk`, 'utf8'), semantics, controller);
    const { lemma3, paper, causal } = bruteForce(setting, 2, { histories });
    for (const [check, verdict] of Object.entries({ lemma3, 'theorem1.paper': paper, 'theorem1.causal': causal }))
      if (verdict.status !== 'unknown') expect(verdict).toMatchObject(checks[check]!);
    if ([lemma3, paper, causal].some(({ status }) => status === 'unknown')) skip(`more than ${histories} histories`);
  });
});
