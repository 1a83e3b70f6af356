import { assertArguments, type Taken, textOption } from './taken.js';

const maxNameLength = 40;
const maxCandidates = 10_000;

/**
 * The candidate nearest to a name by edit distance (insertion, deletion, substitution, transposition of neighbours;
 * letters that differ in case only count half), if it is near enough to be what was meant; ties go to the first.
 * @example
 * ```ts
 * import { nearestName } from 'snk-verify';
 *
 * console.log(nearestName('chek', ['check', 'compile'])); // check
 * ```
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  assertArguments('nearestName', { name: [name, textOption], candidates: [candidates, names] });
  if (name.length > maxNameLength) return undefined;
  let best: string | undefined;
  // One edit is allowed in a short name, one for every three letters in a long one; with more edits a suggestion would
  // be a guess.
  let bound = Math.max(1, Math.floor(name.length / 3)) + 0.5;
  let seen = 0;
  for (const candidate of candidates) {
    if (++seen > maxCandidates) break;
    if (candidate === name || Math.abs(candidate.length - name.length) >= bound) continue;
    const distance = editDistance(name, candidate);
    if (distance < bound) {
      best = candidate;
      bound = distance;
    }
  }
  return best;
}

const names: Taken = {
  takes: 'names, such as an array of strings',
  isIt: (value) => typeof value === 'object' && value !== null && Symbol.iterator in value,
};

function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + substitution(a[i - 1]!, b[j - 1]!));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

function substitution(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? 0.5 : 1;
}
