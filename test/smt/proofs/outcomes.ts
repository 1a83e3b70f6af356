import { readFileSync } from 'node:fs';
import { defaultLimits, LimitReached } from '../../../src/base/limits.js';
import { tablesOf } from '../../../src/compiler/artefact.js';
import { compileTables } from '../../../src/compiler/compile.js';
import { type Analysis, analyse, unrollFor } from '../../../src/events/analysis.js';
import type { Program } from '../../../src/language/program.js';
import { readProgram } from '../../../src/language/read-program.js';
import { obligationsOf, whyUnprovable } from '../../../src/smt/proofs/obligations.js';
import { discharge } from '../../../src/smt/solver/discharge.js';
import type { SolverSession } from '../../../src/smt/solver/session.js';
import { tablesObligations } from '../../../src/smt/tables/validate.js';
import type { Tables } from '../../../src/tables/tables.js';
import { checks } from '../../../src/theorems/checks.js';
import { twoWays } from '../../compiler/compiled.js';
import { modelFile } from '../../models/models.js';
import { either } from './faults.js';

/**
 * What keeps a program and its tables from being proved: why it is rejected, or the obligations that do not follow.
 * Empty if all is proved.
 * @param edit makes other tables of those that are compiled
 */
export async function obstacles(
  session: SolverSession,
  text: string,
  edit: (tables: Tables) => Tables = (tables) => tables,
): Promise<string[]> {
  const reading = readProgram(text, 'a program of the tests');
  if (!reading.ok) return [reading.diagnostics[0]!.code];
  const { program } = reading;
  const analysis = analysed(program);
  if (typeof analysis === 'string') return [analysis];
  const { system, structure, broken } = analysis;
  if (broken) return ['code' in broken ? broken.code : broken.fault.kind];
  const provable = { program, system, structure: structure!, limits: defaultLimits };
  const theorems = checks.filter((check) => whyUnprovable(provable, check) === undefined);
  const tables = edit(tablesOf(compileTables(provable), { file: 'a program of the tests', sha256: '' }));
  const obligations = [
    ...tablesObligations(provable, tables),
    ...[...obligationsOf(provable, theorems).values()].flat(),
  ];
  const found = await discharge([session], obligations, performance.now() + 60_000);
  return obligations.filter((_, i) => found[i]!.kind !== 'proved').map(({ name }) => name);
}

/** A program's transition system and event structure, or which limit is met. */
function analysed(program: Program): Analysis | string {
  try {
    return analyse(program, unrollFor(1), defaultLimits);
  } catch (error) {
    if (error instanceof LimitReached) return error.message;
    throw error;
  }
}

const model = (name: string): string => readFileSync(modelFile(name), 'utf8');

/** A link that writes a state that the program has anyway. */
const unchanging = `host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0];
policy sw=1 & pt=2; pt<-1; ( tcp_dst=1; ( state=[0]; (1:1)->(4:1)-><state<-[1]> + state!=[0]; (1:1)->(4:1) ) + tcp_dst=2; ( state=[0]; (1:1)->(4:1)-><state<-[0]> + state!=[0]; (1:1)->(4:1) ) ); pt<-2`;

/** A header is rewritten on the way to where its event is. */
const rewritten = `host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0];
policy sw=1 & pt=2; tcp_dst=1; pt<-1; tcp_dst<-2; ( state=[0]; (1:1)->(4:1)-><state<-[1]> + state!=[0]; (1:1)->(4:1) ); pt<-2`;

/** One event in two spellings: without a value of its domain, and by the only other one. */
const spellings = `host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; field tcp_dst in {1, 2}; state [0];
policy sw=1 & pt=2; pt<-1; ( state=[0]; ( tcp_dst=1; (1:1)->(4:1)-><state<-[1]> + tcp_dst!=2; (1:1)->(4:1)-><state<-[1]> )
  + state!=[0]; tcp_dst=1; (1:1)->(4:1) ); pt<-2`;

/** A copy that goes on in two positions. */
const twoPositions = `host H1 @ 1:2; host H4 @ 2:2; link 1:1 <-> 3:1; link 3:2 <-> 2:1; state [0];
policy sw=1 & pt=2; ( pt<-1; (1:1)->(3:1); tcp_dst=1; pt<-2; (3:2)->(2:1); pt<-2 + pt<-1; (1:1)->(3:1); tcp_dst=2; pt<-2; (3:2)->(2:1); pt<-2 )`;

/** A packet that comes to a switch from which another link leaves by another port. */
const otherPort = `host H1 @ 1:2; host H2 @ 2:2; host H3 @ 3:2; link 1:1 <-> 2:1; link 1:3 <-> 3:1; state [0];
policy sw=1 & pt=2; pt<-1; ( (1:1)->(2:1) + (1:3)->(3:1) ); pt<-2`;

/** It finishes where no host is. */
const egress = `host H1 @ 1:2; host H2 @ 2:2; link 1:1 <-> 2:1; state [0];
policy sw=1 & pt=2; pt<-1; (1:1)->(2:1); ( tcp_dst=1; pt<-2 + tcp_dst=2; pt<-1 )`;

/** Packets circle. */
const circle = `host H1 @ 1:2; host H2 @ 2:2; link 1:1 <-> 2:1; state [0];
policy pt=2; pt<-1; ( (1:1)->(2:1); pt<-1; (2:1)->(1:1); pt<-1 )*; (1:1)->(2:1); pt<-2`;

/** Programs, and what keeps each from being proved. */
export const programs: Readonly<Record<string, readonly [text: string, obstacles: readonly string[]]>> = {
  undetermined: [model('undetermined'), ['undetermined']],
  incomplete: [model('figure-2c'), ['incomplete']],
  nonlocal: [model('figure-2b-nonlocal'), ['nonlocal']],
  cycle: [model('cyclic-nonlocal'), ['cycle']],
  egress: [egress, ['egress']],
  circle: [circle, ['forwarding-loop']],
  unchanging: [unchanging, []],
  rewritten: [rewritten, []],
  spellings: [spellings, []],
  twoWays: [twoWays, []],
  twoPositions: [twoPositions, []],
  otherPort: [otherPort, []],
  either: [either, []],
  firewall: [model('firewall'), []],
  nat: [model('nat'), []],
  'concurrent-pair': [model('concurrent-pair'), ['paper/IN/tree']],
  'figure-2b-local': [model('figure-2b-local'), []],
  'port-knocking': [model('port-knocking'), []],
  cyclic: [model('cyclic'), []],
};
