import { defineConfig } from 'vitest/config';

const nightly_suffix = '.nightly.test.ts';

/** `--mode nightly` runs the long tests (`*.nightly.test.ts`) alone; otherwise they are left out. */
export default defineConfig(({ mode }) => ({
  test: {
    include: mode === 'nightly' ? [`test/**/*${nightly_suffix}`] : ['test/**/*.test.ts'],
    exclude: mode === 'nightly' ? [] : [`test/**/*${nightly_suffix}`],
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
}));
