/** A tag with wildcards: the tags with `(tag & mask) === value`. `1x` of the paper's §5.3 is value 2, mask 2. */
export interface Cube {
  readonly value: number;
  readonly mask: number;
}

/**
 * The event-sets that need a rule (`on`), those for which it must not be there (`off`), and how many such rules there
 * are (`weight`). Other event-sets do not care.
 */
export interface Column {
  readonly on: readonly number[];
  readonly off: readonly number[];
  readonly weight: number;
}

/** `codes[i]` is the tag of the i-th event-set; all are different and less than `2 ** width`. */
export type Codes = readonly number[];

/** The field that tags have for a block: what it is for each event-set, and how many bits it takes. */
export interface BlockTags {
  readonly codes: Codes;
  readonly width: number;
  /** Whether it has a bit for each event, so that stamping copies the register. */
  readonly copies: boolean;
}

/** The fewest bits by which n event-sets can be told apart. */
export const tagWidth = (n: number): number => Math.ceil(Math.log2(Math.max(1, n)));

const free = 0;
const uncovered = 1;
const covered = 2;
const off = 3;

/**
 * Few cubes that together hold every tag of `on` and none of `off`; a tag that no event-set has may be in any cube.
 * Each cube starts as a tag that no cube holds yet; then one bit after the other becomes a wildcard, always the one by
 * which the cube gains most tags. The cubes are not always the fewest possible: see `fewestCubes`. O(|cubes| · width² ·
 * 2^width) at worst.
 */
export function coverBy(codes: Codes, width: number, { on, off: others }: Pick<Column, 'on' | 'off'>): Cube[] {
  const all = 2 ** width - 1;
  const status = new Uint8Array(all + 1);
  for (const i of on) status[codes[i]!] = uncovered;
  for (const i of others) status[codes[i]!] = off;
  const cubes: Cube[] = [];
  // The tags with the fewest neighbours come first, since they leave the least choice of cubes.
  const seeds = on.map((i) => codes[i]!).sort((a, b) => neighbours(status, width, a) - neighbours(status, width, b));
  for (const seed of seeds) {
    if (status[seed] !== uncovered) continue;
    let wild = 0;
    for (;;) {
      let best = -1;
      let most = 0;
      for (let bit = 1; bit <= all; bit <<= 1) {
        if ((wild & bit) !== 0) continue;
        const gain = gainOf(status, seed ^ bit, wild);
        // A wildcard that gains no tag is still good, since the cube may grow further with it.
        if (gain >= most && gain >= 0 && (best < 0 || gain > most)) {
          best = bit;
          most = gain;
        }
      }
      if (best < 0) break;
      wild |= best;
    }
    const mask = all & ~wild;
    forEachTag(seed & mask, wild, (tag) => {
      if (status[tag] === uncovered) status[tag] = covered;
    });
    cubes.push({ value: seed & mask, mask });
  }
  return cubes;
}

/** Visits every tag that is equal to `start` except in wild bits. */
function forEachTag(start: number, wild: number, visit: (tag: number) => void): void {
  const base = start & ~wild;
  for (let sub = wild; ; sub = (sub - 1) & wild) {
    visit(base | sub);
    if (sub === 0) return;
  }
}

/**
 * How many more tags a cube covers if it is doubled by the half that has `start`; -1 if that half holds a tag that is
 * off.
 */
function gainOf(status: Uint8Array, start: number, wild: number): number {
  const base = start & ~wild;
  let gain = 0;
  for (let sub = wild; ; sub = (sub - 1) & wild) {
    const s = status[base | sub];
    if (s === off) return -1;
    if (s === uncovered) gain++;
    if (sub === 0) return gain;
  }
}

function neighbours(status: Uint8Array, width: number, tag: number): number {
  let count = 0;
  for (let bit = 0; bit < width; bit++) {
    const s = status[tag ^ (1 << bit)];
    if (s !== off && s !== free) count++;
  }
  return count;
}

/** Every cube over tags of this many bits. */
function allCubes(width: number): Cube[] {
  let cubes: Cube[] = [{ value: 0, mask: 0 }];
  for (let bit = 1; bit < 2 ** width; bit <<= 1)
    cubes = cubes.flatMap(({ value, mask }) => [
      { value, mask },
      { value, mask: mask | bit },
      { value: value | bit, mask: mask | bit },
    ]);
  return cubes;
}

/** The least number of cubes that `coverBy` could give, found by trying all; for up to 4 bits. */
export function fewestCubes(codes: Codes, width: number, column: Pick<Column, 'on' | 'off'>): number {
  const bits = (sets: readonly number[]) => sets.reduce((tags, i) => tags | (1 << codes[i]!), 0);
  const [on, off] = [bits(column.on), bits(column.off)];
  const usable = new Set<number>();
  for (const { value, mask } of allCubes(width)) {
    let tags = 0;
    for (let tag = 0; tag < 2 ** width; tag++) if ((tag & mask) === value) tags |= 1 << tag;
    if ((tags & off) === 0 && (tags & on) !== 0) usable.add(tags & on);
  }
  // A breadth-first search over the sets of tags still to be covered; each step covers the lowest tag of the set.
  let left = new Set([on]);
  for (let count = 0; ; count++) {
    if (left.has(0)) return count;
    const next = new Set<number>();
    for (const rest of left) for (const tags of usable) if ((tags & rest & -rest) !== 0) next.add(rest & ~tags);
    left = next;
  }
}

/** How many rules a table has under an assignment of tags. */
export const rulesWith = (
  codes: Codes,
  width: number,
  columns: readonly Column[],
  count: (codes: Codes, width: number, column: Column) => number,
): number => columns.reduce((sum, column) => sum + column.weight * count(codes, width, column), 0);
