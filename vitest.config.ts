import { defineConfig } from 'vitest/config';

const nightlySuffix = '.nightly.test.ts';

/**
 * The folders and files that `--mode quick` leaves out, and nothing else does: `npm test` runs them all. They take
 * long, or need a browser or another program. test/quick.test.ts holds each to be there.
 */
export const slow: readonly string[] = [
  // Planted faults: each runs tests of its own.
  'test/mutants/',
  // Browsers, and the gallery.
  'test/report/html/',
  // Executions of tens of thousands of steps.
  'test/report/executions/long.test.ts',
  // SPIN, and the interpreter of TLA+.
  'test/export/spin.test.ts',
  'test/export/tla.test.ts',
  // Odd input of all kinds, each for a process of its own.
  'test/end-to-end/robustness.test.ts',
  'test/language/robustness.test.ts',
  // Many random programs, or every choice of reductions.
  'test/search/invariance.test.ts',
  'test/search/oracle.test.ts',
  'test/search/reductions.test.ts',
  'test/search/reductions-directed.test.ts',
  'test/search/tables.test.ts',
  // What takes Z3 long.
  'test/smt/bounded/essential.test.ts',
  'test/smt/bounded/random.test.ts',
  'test/smt/bounded/table.test.ts',
  'test/smt/proofs/chains.test.ts',
  'test/smt/proofs/faults.test.ts',
  'test/smt/proofs/models.test.ts',
  'test/smt/proofs/outcomes.test.ts',
  'test/smt/proofs/random.test.ts',
  'test/smt/tables/validate.test.ts',
  'test/smt/optimal-sharing.test.ts',
];

const inside = (path: string): string => (path.endsWith('/') ? `${path}**` : path);

const included: Readonly<Record<string, { include: string[]; exclude: readonly string[] }>> = {
  nightly: { include: [`test/**/*${nightlySuffix}`], exclude: [] },
  quick: { include: ['test/**/*.test.ts'], exclude: [`test/**/*${nightlySuffix}`, ...slow.map(inside)] },
};
const all = { include: ['test/**/*.test.ts'], exclude: [`test/**/*${nightlySuffix}`] };

/**
 * `--mode nightly` runs the long tests (`*.nightly.test.ts`) alone, which are otherwise left out; `--mode quick`, all
 * but the slow.
 */
export default defineConfig(({ mode }) => {
  const { include, exclude } = included[mode] ?? all;
  return {
    test: {
      include,
      exclude: [...exclude],
      testTimeout: mode === 'nightly' ? 30 * 60_000 : 120_000,
      hookTimeout: 120_000,
      // State spaces fill memory: a process each, and no more of them than CI has cores.
      pool: 'forks',
      maxWorkers: 2,
      globalSetup: 'test/set-up.ts',
      setupFiles: 'test/held-documents.ts',
      allowOnly: false,
      restoreMocks: true,
    },
  };
});
