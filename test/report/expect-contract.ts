import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Result } from '../../src/workbench.js';
import { document } from './contract.js';
import { faultsOf } from './rerun.js';

/** Expects the JSON of a result to keep the contract, with every theorem, and its counterexamples to re-run. */
export function expectContract(result: Result, file: string): void {
  const json = JSON.stringify(result);
  document(JSON.parse(json), '');
  expect(faultsOf(json, readFileSync(file, 'utf8'))).toEqual([]);
  expect(Object.keys(result.checks)).toEqual(['lemma3', 'theorem1.paper', 'theorem1.causal']);
}
