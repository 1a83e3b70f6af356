import path from 'node:path';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

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
  'test/netkat/deep.test.ts',
  // Every command of the manual, every example of the library, every certificate, and what is packed.
  'test/end-to-end/api.test.ts',
  'test/end-to-end/examples.test.ts',
  'test/end-to-end/manual.test.ts',
  'test/end-to-end/package.test.ts',
  'test/end-to-end/proofs.test.ts',
  'test/end-to-end/transcripts.test.ts',
  // What waits for a clock, a signal or a terminal.
  'test/cli/faults.test.ts',
  'test/cli/memory.test.ts',
  'test/cli/prove-timeout.test.ts',
  'test/cli/resume.test.ts',
  'test/cli/workers.test.ts',
  'test/end-to-end/terminal.test.ts',
  'test/end-to-end/up.test.ts',
  // A process for every verb, and for every mistake.
  'test/cli/front-end.test.ts',
  'test/cli/help.test.ts',
  'test/cli/misuse.test.ts',
  'test/cli/writing.test.ts',
  // Every model under every semantics.
  'test/models/verdicts.test.ts',
  'test/replay/counterexamples.test.ts',
  'test/report/json.test.ts',
  'test/report/result/links.test.ts',
  'test/targets/openflow.test.ts',
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

/** Those whose work is longest, longest first: begun first, so that both workers end at the same time. */
const longest: readonly string[] = [
  'test/mutants/mutants.test.ts',
  'test/report/html/gallery.test.ts',
  'test/end-to-end/robustness.test.ts',
  'test/export/spin.test.ts',
  'test/search/oracle.test.ts',
  'test/end-to-end/transcripts.test.ts',
  'test/cli/resume.test.ts',
  'test/search/reductions.test.ts',
  'test/cli/faults.test.ts',
  'test/smt/bounded/table.test.ts',
  'test/models/verdicts.test.ts',
  'test/netkat/deep.test.ts',
];

/** Files in an order that does not depend on what was measured before: first the longest, then the slow, then the rest. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = [...longest, ...slow];
    const rank = ({ moduleId }: TestSpecification): number => {
      const name = path.relative(import.meta.dirname, moduleId);
      const found = order.findIndex((one) => name.startsWith(one));
      return found < 0 ? order.length : found;
    };
    return files.toSorted((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

const inside = (path: string): string => (path.endsWith('/') ? `${path}**` : path);

const filesIn = (path: string): string => (path.endsWith('/') ? `${path}**/*.test.ts` : path);
const nightly = [`test/**/*${nightlySuffix}`];

const included: Readonly<Record<string, { include: string[]; exclude: string[] }>> = {
  nightly: { include: nightly, exclude: [] },
  quick: { include: ['test/**/*.test.ts'], exclude: [...nightly, ...slow.map(inside)] },
};

const timeouts = (testTimeout: number) => ({ testTimeout, hookTimeout: 120_000 });

/** What all tests have in common. */
const common = { globalSetup: 'test/set-up.ts', setupFiles: 'test/held-documents.ts', restoreMocks: true };

/**
 * Of all tests, the slow have a process each, since state spaces fill memory; the others leave nothing large behind,
 * and a process for each file would take longer than most of them.
 */
const all: TestProjectConfiguration[] = [
  {
    test: {
      ...common,
      name: 'slow',
      ...timeouts(120_000),
      include: slow.map(filesIn),
      exclude: nightly,
      isolate: true,
    },
  },
  { test: { ...common, name: 'rest', ...timeouts(120_000), ...included['quick']!, isolate: false } },
];

/**
 * `--mode nightly` runs the long tests (`*.nightly.test.ts`) alone, which are otherwise left out; `--mode quick`, all
 * but the slow.
 */
export default defineConfig(({ mode }) => {
  const some = included[mode];
  return {
    test: {
      ...(some ? { ...common, ...some } : { projects: all }),
      ...timeouts(mode === 'nightly' ? 30 * 60_000 : 120_000),
      pool: 'forks',
      // No more processes than CI has cores.
      maxWorkers: 2,
      isolate: mode !== 'quick',
      sequence: { sequencer: LongestFirst },
      allowOnly: false,
    },
  };
});
