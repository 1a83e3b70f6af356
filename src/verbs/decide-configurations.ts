import { LimitReached } from '../base/limits.js';
import type { Problem } from '../engines/engine.js';
import type { Counterexample, ShownTree } from '../execution/execution.js';
import type { Program } from '../language/program.js';
import { showHeaders } from '../netkat/fields.js';
import { showLocation } from '../netkat/topology.js';
import type { TreeId } from '../netkat/tree.js';
import type { ShownCheck } from '../report/result/result.js';
import { type Check, propertyOf } from '../theorems/checks.js';
import { type BrokenTree, judgeConfigurations } from '../theorems/index.js';

/** Whether a check is one of single configurations, of which no execution need be looked at (spec 6.3). */
export const isOfConfigurations = ({ property }: Check): boolean => property?.form.kind === 'inState';

/** Decides such a check, whatever the engine: exactly, for all packets. */
export function decideConfigurations({ program, system, limits }: Problem, check: Check, deadline: number): ShownCheck {
  const property = propertyOf(check);
  if (property.form.kind !== 'inState') throw new Error(`assertion: ${check.name} is not of configurations`);
  try {
    const judged = judgeConfigurations(program, system, property.form, { ...limits, deadline });
    const { broken, vacuous, trees } = judged;
    const base = { states: 0, trees };
    if (broken) return { ...base, status: 'violated', counterexample: shown(program, broken, property.text) };
    return { ...base, status: 'holds', counterexample: null, ...(vacuous ? { vacuous: true } : {}) };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    const limit = error.isTime ? 'timeout' : 'size';
    return { status: 'unknown', states: 0, counterexample: null, limit, why: error.message };
  }
}

/** A tree with more nodes than this, written out, is not shown. */
const maxNodes = 500;

function shown(program: Program, broken: BrokenTree, text: string): Counterexample {
  const { state, host, headers, at } = broken;
  const { fields } = program;
  const values = Object.entries(showHeaders(fields, headers)).map(([name, value]) => `${name}=${value}`);
  const packet = `a packet of ${host.name}${values.length > 0 ? ` with ${values.join(', ')}` : ''}`;
  const where = { sent: 'enters', arrived: 'arrives', left: 'leaves', dropped: 'is dropped' }[at.kind];
  const explanation = `in state [${state}], ${packet} ${where} at ${showLocation(at.at)}, and what becomes of it there is not what "${text}" demands`;
  const tree = treeOf(program, broken);
  return {
    kind: 'property',
    packet: null,
    event: null,
    explanation,
    steps: [],
    occurrences: [],
    inState: { state, host: host.name, headers: showHeaders(fields, headers), tree },
  };
}

function treeOf({ fields }: Program, { table, tree }: BrokenTree): ShownTree | null {
  let nodes = 0;
  const show = (id: TreeId): ShownTree => {
    const { kind, headers, at, next } = table.node(id);
    nodes++;
    const below = nodes > maxNodes ? [] : next.map(show);
    return { kind, at: showLocation(at), headers: showHeaders(fields, headers), next: below };
  };
  const found = show(tree);
  return nodes > maxNodes ? null : found;
}
