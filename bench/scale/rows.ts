import { fatTree } from '../../scripts/fat-tree.mjs';
import { ring } from '../../scripts/ring.mjs';
import { abfw, branches, cap, deepnest, flags, fw, learnhosts, randfw, spread, star, wide } from './programs.js';

/** Programs of growing size: what grows, and the sizes, of which the last is the goal. */
export interface Row {
  readonly name: string;
  readonly axis: Axis;
  readonly sizes: readonly number[];
  /** What stands on the axis for a size. */
  readonly x: (size: number) => number;
  readonly program: (size: number) => string;
  /** What some sizes are to cost at most. */
  readonly goals: Readonly<Record<number, Goal>>;
}

/** CPU time, and peak memory where there is a goal for it. */
export interface Goal {
  readonly cpu_s: number;
  readonly peak_rss_mb?: number;
}

export const axes = ['events', 'hosts', 'switches', 'chain length', 'branches'] as const;
export type Axis = (typeof axes)[number];

const itself = (size: number): number => size;

export const rows: readonly Row[] = [
  {
    name: 'flags',
    axis: 'events',
    sizes: [2, 4, 6, 8, 10, 12, 20, 40],
    x: itself,
    program: flags,
    goals: { 40: { cpu_s: 10 } },
  },
  {
    name: 'spread',
    axis: 'events',
    sizes: [2, 4, 6, 8, 10, 12, 20, 40],
    x: itself,
    program: spread,
    goals: { 40: { cpu_s: 10 } },
  },
  {
    name: 'star',
    axis: 'events',
    sizes: [2, 4, 6, 8, 12, 16],
    x: itself,
    program: star,
    goals: { 8: { cpu_s: 10 }, 16: { cpu_s: 60 } },
  },
  { name: 'abfw', axis: 'switches', sizes: [11], x: itself, program: abfw, goals: { 11: { cpu_s: 4 } } },
  {
    name: 'randfw',
    axis: 'switches',
    sizes: [10, 20, 40, 100],
    x: itself,
    program: randfw,
    goals: { 40: { cpu_s: 15 }, 100: { cpu_s: 60 } },
  },
  { name: 'fw', axis: 'hosts', sizes: [8, 32, 128, 256], x: itself, program: fw, goals: { 256: { cpu_s: 10 } } },
  {
    name: 'learnhosts',
    axis: 'hosts',
    sizes: [4, 8, 16, 32, 64],
    x: itself,
    program: learnhosts,
    goals: { 64: { cpu_s: 10 } },
  },
  {
    name: 'ring',
    axis: 'switches',
    sizes: [4, 8, 16, 32, 64, 128],
    x: (diameter) => 2 * diameter,
    program: ring,
    goals: { 64: { cpu_s: 10 }, 128: { cpu_s: 40, peak_rss_mb: 1_024 } },
  },
  {
    name: 'fat tree',
    axis: 'hosts',
    sizes: [4, 8, 16],
    x: (k) => k ** 3 / 4,
    program: fatTree,
    goals: { 8: { cpu_s: 20 }, 16: { cpu_s: 180, peak_rss_mb: 2_048 } },
  },
  {
    name: 'cap',
    axis: 'chain length',
    sizes: [10, 25, 50, 100, 200, 500],
    x: itself,
    program: cap,
    goals: { 500: { cpu_s: 10 } },
  },
  {
    name: 'branches',
    axis: 'branches',
    sizes: [100, 300, 1_000, 3_000, 10_000],
    x: itself,
    program: branches,
    goals: { 10000: { cpu_s: 20 } },
  },
  {
    name: 'deepnest',
    axis: 'branches',
    sizes: [25, 50, 100],
    x: itself,
    program: deepnest,
    goals: { 100: { cpu_s: 5 } },
  },
  {
    name: '+ pt=1',
    axis: 'branches',
    sizes: [2_000, 20_000, 200_000],
    x: itself,
    program: wide,
    goals: { 200000: { cpu_s: 20 } },
  },
];
