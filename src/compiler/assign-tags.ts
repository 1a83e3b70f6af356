import { type Codes, type Column, coverBy, fewestCubes, rulesWith, tagWidth } from './cubes.js';

/**
 * The polynomial heuristic of paper §5.3, as far as the paper describes it: a binary trie of event-sets, built
 * bottom-up. Among the groups of one level, those with the most rules in common are paired first. One bit tells the two
 * groups of a pair apart; a rule that both use becomes one rule in which that bit is a wildcard. O(n² · columns).
 */
export function pairedTags(n: number, columns: readonly Column[]): Codes {
  const width = tagWidth(n);
  let groups = Array.from({ length: 2 ** width }, (_, i) => ({
    members: i < n ? [i] : [],
    // A group without event-sets has all rules in common with any other.
    rules: new Set(columns.flatMap(({ on }, c) => (i >= n || on.includes(i) ? [c] : []))),
  }));
  const codes = new Array<number>(n).fill(0);
  for (let bit = 0; bit < width; bit++) {
    const pairs = groups.flatMap((a, i) =>
      groups.slice(i + 1).map((b, j) => ({ i, j: i + 1 + j, common: commonWeight(a.rules, b.rules, columns) })),
    );
    pairs.sort((a, b) => b.common - a.common || a.i - b.i || a.j - b.j);
    const taken = new Set<number>();
    const next: typeof groups = [];
    for (const { i, j } of pairs) {
      if (taken.has(i) || taken.has(j)) continue;
      taken.add(i).add(j);
      const [a, b] = [groups[i]!, groups[j]!];
      for (const set of b.members) codes[set]! |= 1 << bit;
      next.push({ members: [...a.members, ...b.members], rules: new Set([...a.rules].filter((c) => b.rules.has(c))) });
    }
    groups = next;
  }
  return codes;
}

const commonWeight = (a: ReadonlySet<number>, b: ReadonlySet<number>, columns: readonly Column[]): number => {
  let weight = 0;
  for (const c of a) if (b.has(c)) weight += columns[c]!.weight;
  return weight;
};

/**
 * The number of rules that the trie alone gives: each rule once for every largest subtree whose event-sets all use it.
 */
export function trieRules(codes: Codes, columns: readonly Column[]): number {
  const width = tagWidth(codes.length);
  return rulesWith(codes, width, columns, (_codes, _width, { on, off }) => {
    const mine = new Set(on.map((i) => codes[i]!));
    const others = new Set(off.map((i) => codes[i]!));
    const count = (prefix: number, bits: number): number => {
      const tags = Array.from({ length: 2 ** bits }, (_, low) => prefix * 2 ** bits + low);
      if (!tags.some((tag) => mine.has(tag))) return 0;
      if (!tags.some((tag) => others.has(tag))) return 1;
      return count(prefix * 2, bits - 1) + count(prefix * 2 + 1, bits - 1);
    };
    return count(0, width);
  });
}

/** A small generator of random numbers in [0, 1) (mulberry32): the same seed gives the same numbers everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A better heuristic. Any bits of a rule's tag may be wildcards, and event-sets need not care whether a rule is there.
 * It starts from the tags of the paper's heuristic and tries `steps` times, in the same way every time, to exchange the
 * tags of two event-sets, or to give an event-set an unused tag; a change is kept if it does not make the table larger.
 */
export function searchedTags(n: number, columns: readonly Column[], steps: number): Codes {
  const width = tagWidth(n);
  const paired = pairedTags(n, columns);
  const codes = [...paired];
  const owner = new Array<number | undefined>(2 ** width).fill(undefined);
  for (const [i, code] of codes.entries()) owner[code] = i;
  const statuses = columns.map(({ on, off }) => {
    const status = new Uint8Array(n);
    for (const i of on) status[i] = 1;
    for (const i of off) status[i] = 2;
    return status;
  });
  const costs = columns.map((column) => coverBy(codes, width, column).length);
  const random = randomFrom(n);

  const put = (set: number | undefined, code: number): void => {
    owner[code] = set;
    if (set !== undefined) codes[set] = code;
  };
  for (let step = 0; step < steps; step++) {
    const i = Math.floor(random() * n);
    const [mine, other] = [codes[i]!, Math.floor(random() * 2 ** width)];
    const j = owner[other];
    if (i === j) continue;
    put(j, mine);
    put(i, other);
    let change = 0;
    const changed: [number, number][] = [];
    for (const [c, column] of columns.entries()) {
      if (statuses[c]![i] === (j === undefined ? 0 : statuses[c]![j])) continue;
      const cost = coverBy(codes, width, column).length;
      if (cost === costs[c]) continue;
      changed.push([c, cost]);
      change += column.weight * (cost - costs[c]!);
    }
    if (change <= 0) for (const [c, cost] of changed) costs[c] = cost;
    else {
      put(j, other);
      put(i, mine);
    }
  }
  // Event-sets that all use a rule and exchange their tags leave its cost as it is but for the order in which cubes
  // grow: where that has made the table larger after all, nothing is won.
  const rules = (tags: Codes) =>
    rulesWith(tags, width, columns, (used, bits, column) => coverBy(used, bits, column).length);
  return rules(codes) <= rules(paired) ? codes : paired;
}

/**
 * Tags of the fewest bits with which the table is as small as possible, found by trying all; for up to 8 event-sets. To
 * invert one bit of all tags changes nothing, so the first event-set has tag 0, and there are at most 7! = 5,040 ways.
 */
export function optimalTags(n: number, columns: readonly Column[]): { codes: Codes; rules: number } {
  const width = tagWidth(n);
  let best: { codes: Codes; rules: number } | undefined;
  const extend = (codes: readonly number[]): void => {
    if (codes.length < n) {
      for (let code = 0; code < 2 ** width; code++) if (!codes.includes(code)) extend([...codes, code]);
      return;
    }
    const rules = rulesWith(codes, width, columns, fewestCubes);
    if (!best || rules < best.rules) best = { codes, rules };
  };
  extend([0]);
  return best!;
}
