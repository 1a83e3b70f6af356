import { readFileSync } from 'node:fs';
import { defaultLimits } from '../../../src/base/limits.js';
import { analyse, unrollFor } from '../../../src/events/analysis.js';
import { readProgram } from '../../../src/language/read-program.js';
import type { Provable } from '../../../src/smt/proofs/obligations.js';
import { modelFile, models } from '../../models/models.js';

/** A program as proofs want it. */
export function provableText(text: string): Provable {
  const reading = readProgram(text, 'a program of the tests');
  if (!reading.ok) throw new Error('this is no program');
  const { program } = reading;
  const { system, structure, broken } = analyse(program, unrollFor(3), defaultLimits);
  if (!structure || broken) throw new Error('the program is rejected');
  return { program, system, structure, limits: defaultLimits };
}

export const provableModel = (name: string): Provable => provableText(readFileSync(modelFile(name), 'utf8'));

/** The models that are accepted, and those of them whose loops are unrolled. */
export const accepted = Object.keys(models).filter((name) => models[name]!.rejected === null);
export const withLoops = accepted.filter((name) => provableModel(name).structure.bound !== null);

/** A chain with a stem whose event lies at another switch than those of the loop. */
export const stemElsewhere = `host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0];
policy sw=4 & pt=2; pt<-1; ( state=[0]; (4:1)->(1:1)-><state<-[1]> + state!=[0]; (4:1)->(1:1) ); pt<-2
+ sw=1 & pt=2; state!=[0]; pt<-1;
  ( tcp_dst=1; ( state=[1]; (1:1)->(4:1)-><state<-[2]> + state!=[1]; (1:1)->(4:1) )
  + tcp_dst=2; ( state=[2]; (1:1)->(4:1)-><state<-[1]> + state!=[2]; (1:1)->(4:1) ) ); pt<-2`;
