import { type Codes, type Column, tagWidth } from '../compiler/cubes.js';
import type { SolverSession } from './solver/session.js';
import { allOf, anyOf, not, or, type Term } from './solver/term.js';

/** Tags with which there are as few rules as possible, or why such tags are not known. */
export type OptimalSharing =
  | { readonly kind: 'optimum'; readonly codes: Codes; readonly rules: number }
  | { readonly kind: 'unknown'; readonly why: string };

/**
 * The tags that have the bits of `value` where `mask` has a 1: a rule matches them with the other bits wild (paper
 * §5.3).
 */
interface Cube {
  readonly value: number;
  readonly mask: number;
}

/** Every cube of so many bits: 3^width. */
const allCubes = (width: number): Cube[] => {
  const masks = [...Array(2 ** width).keys()];
  return masks.flatMap((mask) => masks.filter((value) => (value & ~mask) === 0).map((value) => ({ value, mask })));
};

/**
 * The least number of rules that any assignment of the shortest tags can share, by Z3's optimizer (paper §5.3): it
 * shows how far heuristics are from the optimum. An event-set has one tag, and no two have the same; a rule may stand
 * with a cube if no event-set that refuses it has a tag in it, and every event-set that uses it must have its tag in
 * some cube with which it stands.
 *
 * Only small instances can be solved: there are 3^bits unknowns for each column, and the problem is hard.
 */
export async function optimalSharing(
  n: number,
  columns: readonly Column[],
  session: SolverSession,
  timeout_ms: number,
): Promise<OptimalSharing> {
  const width = tagWidth(n);
  const tags = [...Array(2 ** width).keys()];
  const cubes = allCubes(width);
  const sets = [...Array(n).keys()];
  const has = (set: number, tag: number): Term => `tag_${set}_${tag}`;
  const stands = (column: number, cube: number): Term => `rule_${column}_${cube}`;
  const atMostOne = (terms: readonly Term[]): Term[] =>
    terms.flatMap((a, i) => terms.slice(0, i).map((b) => or(not(a), not(b))));

  const constraints: Term[] = [
    ...sets.flatMap((set) => {
      const own = tags.map((tag) => has(set, tag));
      return [anyOf(own), ...atMostOne(own)];
    }),
    ...tags.flatMap((tag) => atMostOne(sets.map((set) => has(set, tag)))),
    // Inverting one bit in all tags changes nothing, so set 0 may be given tag 0.
    has(0, 0),
    ...columns.flatMap(({ on, off }, c) => [
      ...cubes.flatMap((cube, q) => {
        const refusers = off.flatMap((set) => tags.filter((tag) => inside(tag, cube)).map((tag) => not(has(set, tag))));
        return refusers.map((refuser) => or(not(stands(c, q)), refuser));
      }),
      ...on.flatMap((set) =>
        tags.map((tag) =>
          anyOf([not(has(set, tag)), ...cubes.flatMap((cube, q) => (inside(tag, cube) ? [stands(c, q)] : []))]),
        ),
      ),
    ]),
  ];
  const names = [
    ...sets.flatMap((set) => tags.map((tag) => has(set, tag))),
    ...columns.flatMap((_, c) => cubes.map((_, q) => stands(c, q))),
  ];
  const script = [
    '(reset)',
    ...names.map((name) => `(declare-const ${name} Bool)`),
    `(assert ${allOf(constraints)})`,
    ...columns.flatMap(({ weight }, c) =>
      cubes.map((_, q) => `(assert-soft (not ${stands(c, q)}) :weight ${weight} :id rules)`),
    ),
    '(check-sat)',
    '(get-objectives)',
    `(get-value (${sets.flatMap((set) => tags.map((tag) => has(set, tag))).join(' ')}))`,
  ].join('\n');
  const reply = await session.evaluate(script, timeout_ms);
  if (reply.kind === 'stopped') return { kind: 'unknown', why: reply.message };
  return readOptimum(reply.text, n);
}

const inside = (tag: number, { value, mask }: Cube): boolean => (tag & mask) === value;

function readOptimum(text: string, n: number): OptimalSharing {
  const rules = /\(rules (\d+)\)/.exec(text)?.[1];
  if (!text.startsWith('sat') || text.includes('(error') || rules === undefined)
    return { kind: 'unknown', why: `the solver said: ${text.slice(0, 200).trim()}` };
  const codes = new Array<number>(n).fill(-1);
  for (const [, set, tag] of text.matchAll(/\(tag_(\d+)_(\d+) true\)/g)) codes[Number(set)] = Number(tag);
  return { kind: 'optimum', codes, rules: Number(rules) };
}
