import type { Limits } from '../base/limits.js';
import { type TransitionSystem, withPart } from '../events/transition-system.js';
import type { StateVector } from '../language/program.js';
import { type Headers, showHeaders, undetermined } from '../netkat/fields.js';
import { hostAt, showLocation, type Topology } from '../netkat/topology.js';
import { type TreeId, type TreeTable, treeTable } from '../netkat/tree.js';
import { compareConfigurations, packetsOfBoth, type TreeDifference } from './configurations.js';
import { boxOf, type JointField, jointFields, overJointFields, type Which } from './joint-fields.js';
import { compareNetworks, comparePackets, type Declared } from './network.js';
import { type LabelDifference, otherSide, type Pair, pairStates, partIn, type Side, type StatePart } from './pairs.js';
import type { Difference, Differences, ShownHop, ShownLabel } from './shown.js';

/** A program that is accepted, with its transition system. */
export interface DiffedProgram extends Declared {
  readonly system: TransitionSystem;
}

/** At most so many differences are listed. */
const maxListed = 1_000;

/** At most so many nodes of a tree are written out. */
const maxNodes = 500;

/** How two programs differ: where they are after the same events, and what is the case there. */
type Found =
  | { readonly at: readonly Pair[]; readonly tree: TreeDifference }
  | { readonly at: readonly Pair[]; readonly label: LabelDifference };

interface Comparison {
  readonly programs: Readonly<Record<Which, DiffedProgram>>;
  readonly fields: readonly JointField[];
  readonly parts: readonly StatePart[];
  readonly table: TreeTable;
}

/**
 * What two programs differ in (spec 7): in hosts, links, switches and packets; and, where they are after the same
 * events, in the trees of packets and in the events that can come next.
 * @param all whether to list, of trees, one difference for each pair of states and host; else the nearest alone
 * @throws LimitReached
 */
export function differencesOf(
  programs: Readonly<Record<Which, DiffedProgram>>,
  limits: Limits,
  all: boolean,
): Differences {
  const { old, new: now } = programs;
  const fields = jointFields(old.program, now.program);
  const side = ({ system }: DiffedProgram, which: Which): Side => ({
    system,
    boxes: system.labels.map(({ formula }) => boxOf(fields, which, formula)),
  });
  const parts = pairStates({ old: side(old, 'old'), new: side(now, 'new') }, limits);
  const table = treeTable();
  const rebased = {
    old: { program: overJointFields(old.program, fields), system: old.system },
    new: { program: overJointFields(now.program, fields), system: now.system },
  };
  const trees = compareConfigurations(fields, rebased, parts, table, limits);
  const labels = parts.flatMap((part, i) =>
    part.labels.map((label): Found => ({ at: parts.map(({ pairs }, j) => (i === j ? label.pair : pairs[0]!)), label })),
  );
  const comparison = { programs, fields, parts, table };
  const listing = listed(trees);
  const found = [...listing.found, ...labels].sort((a, b) => distance(a.at) - distance(b.at));
  const plain = [...compareNetworks(programs), ...comparePackets(fields)];
  const shown = all ? found.slice(0, maxListed) : found.slice(0, 1);
  return {
    differences: [...plain, ...shown.map((one) => show(comparison, one))],
    more: listing.isComplete ? found.length - shown.length : null,
    pairs: parts.reduce((product, { pairs }) => product * pairs.length, 1),
  };
}

const distance = (pairs: readonly Pair[]): number => pairs.reduce((sum, { path }) => sum + path.length, 0);

/** Trees that differ, one for each pair of states and host, as far as there is room. */
function listed(trees: readonly TreeDifference[]): { readonly found: Found[]; readonly isComplete: boolean } {
  const seen = new Set<string>();
  const numbers = new Map<Pair, number>();
  const numberOf = (pair: Pair): number => {
    const number = numbers.get(pair) ?? numbers.size;
    numbers.set(pair, number);
    return number;
  };
  const found: Found[] = [];
  let isComplete = true;
  const near = trees
    .map((tree) => ({ tree, nearest: distance(tree.pairs.map(([first]) => first!)) }))
    .sort((a, b) => a.nearest - b.nearest);
  for (const { tree } of near) {
    if (found.length >= maxListed) return { found, isComplete: false };
    const { combinations, isWhole } = someCombinations(tree.pairs);
    if (!isWhole) isComplete = false;
    for (const at of combinations) {
      const key = `${tree.host}|${at.map(numberOf)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      found.push({ at, tree });
    }
  }
  return { found, isComplete };
}

/** The ways to take one pair of each part, nearest first; not more than are listed. */
function someCombinations(choices: readonly (readonly Pair[])[]) {
  let all: { readonly at: readonly Pair[]; readonly far: number }[] = [{ at: [], far: 0 }];
  let isWhole = true;
  for (const pairs of choices) {
    all = all.flatMap(({ at, far }) => pairs.map((pair) => ({ at: [...at, pair], far: far + pair.path.length })));
    all.sort((a, b) => a.far - b.far);
    if (all.length > maxListed) {
      isWhole = false;
      all = all.slice(0, maxListed);
    }
  }
  return { combinations: all.map(({ at }) => at), isWhole };
}

function show(comparison: Comparison, found: Found): Difference {
  const { programs, parts } = comparison;
  const at = {
    path: found.at.flatMap(({ path }) => path.map((label) => showLabel(programs.old.system, label))),
    states: { old: vectorOf(comparison, found.at, 'old'), new: vectorOf(comparison, found.at, 'new') },
  };
  if (found.at.length !== parts.length) throw new Error('assertion: a pair of states is one of each part');
  if ('tree' in found) {
    const { host, headers, trees } = found.tree;
    const open = comparison.fields.flatMap(({ name }, f) => (headers[f] === undetermined ? [name] : []));
    const entering = comparison.fields.map((field) => packetsOfBoth(field)[0]!);
    const shownTree = (tree: TreeId, which: Which) =>
      showTree(tree, { comparison, entering, topology: programs[which].program.topology, left: maxNodes });
    return {
      kind: 'tree',
      ...at,
      host,
      headers: showHeaders(comparison.fields, settled(headers, entering)),
      open,
      trees: { old: shownTree(trees.old, 'old'), new: shownTree(trees.new, 'new') },
    };
  }
  const { which, label, overlaps, packet, matches } = found.label;
  return {
    kind: 'event',
    ...at,
    only: which,
    event: showLabel(programs[which].system, label),
    overlaps: overlaps === undefined ? null : showLabel(programs[otherSide[which]].system, overlaps),
    headers: showHeaders(comparison.fields, packet),
    open: [],
    matches,
  };
}

function vectorOf({ programs, parts }: Comparison, at: readonly Pair[], which: Which): StateVector {
  let vector = programs[which].system.initial;
  for (const [i, part] of parts.entries())
    for (const [j, block] of part.blocks[which].entries())
      vector = withPart(vector, block, partIn(part, at[i]!, which, j));
  return vector;
}

const showLabel = ({ labels }: TransitionSystem, label: number): ShownLabel => {
  const { text, at } = labels[label]!;
  return { formula: text, at: showLocation(at) };
};

/** Headers in which fields that do not matter have the values of a packet. */
const settled = (headers: Headers, entering: Headers): Headers =>
  headers.map((value, f) => (value === undetermined ? entering[f]! : value));

/** How a tree is written out: copies of copies can be very many, so that no more than `left` nodes are. */
interface Writing {
  readonly comparison: Comparison;
  readonly entering: Headers;
  readonly topology: Topology;
  left: number;
}

function showTree(tree: TreeId, writing: Writing): ShownHop {
  const { comparison, entering, topology } = writing;
  const { kind, headers, at, next } = comparison.table.node(tree);
  const host = kind === 'exit' ? hostAt(topology, at) : undefined;
  writing.left--;
  const isCut = next.length > writing.left;
  return {
    kind,
    at: showLocation(at),
    headers: showHeaders(comparison.fields, settled(headers, entering)),
    ...(host ? { host: host.name } : {}),
    next: isCut ? [] : next.map((child) => showTree(child, writing)),
    ...(isCut ? { cut: true } : {}),
  };
}
