import { readFileSync } from 'node:fs';
import { analyse } from '../../../src/events/analysis.js';
import { readProgram } from '../../../src/language/read-program.js';
import { defaultLimits } from '../../../src/netkat/limits.js';
import type { Provable } from '../../../src/smt/proofs/obligations.js';
import { modelFile, models } from '../../models/models.js';

/** A program as proofs want it. */
export function provableText(text: string): Provable {
  const reading = readProgram(text, 'a program of the tests');
  if (!reading.ok) throw new Error('this is no program');
  const { program } = reading;
  const { system, structure, broken } = analyse(program, 12, defaultLimits);
  if (!structure || broken) throw new Error('the program is rejected');
  return { program, system, structure, limits: defaultLimits };
}

export const provableModel = (name: string): Provable => provableText(readFileSync(modelFile(name), 'utf8'));

/** The models that are accepted, and those of them whose loops are unrolled. */
export const accepted = Object.keys(models).filter((name) => models[name]!.rejected === null);
export const withLoops = accepted.filter((name) => provableModel(name).structure.bound !== null);
