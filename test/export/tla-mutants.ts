import { expect } from 'vitest';
import type { Semantics } from '../../src/execution/execution.js';
import { modelOf } from '../../src/export/model.js';
import { tla } from '../../src/export/tla.js';
import { type TheoremName, theorems } from '../../src/theorems/checks.js';
import { modelSource } from '../compiler/compiled.js';
import { problem } from './spin-differences.js';
import { checkTla } from './tla.js';

/** A fault in the rules or definitions as they are exported, and where two packets show it. */
export interface Mutant {
  readonly of: readonly [model: string, semantics: Semantics, check: TheoremName];
  readonly rule: string;
  readonly fault: string;
}

/** Expects the mutant to turn the verdict around. */
export function expectSeen({ of: [model, semantics, check], rule, fault }: Mutant, verdict: 'holds' | 'violated') {
  const text = tla(modelOf(problem(modelSource(model), semantics, 2)), theorems[check], 'Program');
  expect(text.split(rule)).toHaveLength(2);
  expect(checkTla(text)).toBe(verdict);
  expect(checkTla(text.replace(rule, () => fault))).toBe(verdict === 'holds' ? 'violated' : 'holds');
}
