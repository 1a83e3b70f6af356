import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Mutant } from './mutants.js';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * What a run of test files gave: every test is green, one is red, they do not end, or there is no answer (they cannot
 * even be loaded).
 */
export interface Outcome {
  readonly kind: 'green' | 'red' | 'endless' | 'broken';
  /** The test that has failed and how, or why there is no answer. */
  readonly details: string;
  /** The CPU time of each test by its name, if all are green. */
  readonly costs?: Costs;
}

type Costs = Readonly<Record<string, number>>;

/** Where test files are run with a fault planted in the sources. The sources themselves stay as they are. */
export interface Laboratory {
  /** Runs test files, each once for all who ask, without a fault. */
  readonly control: (test: string) => Promise<Outcome>;
  /**
   * Runs test files with a fault; the first test that fails ends the run. The cheapest come first, unless it matters
   * which one fails: `written` is the order of the files, and no clock's.
   */
  readonly run: (tests: readonly string[], mutant: Mutant, order?: 'cheapest' | 'written') => Promise<Outcome>;
  readonly close: () => void;
}

/**
 * No mutant is worth more CPU time than this; if assertions see a mutant, they do so long before. A limit by the clock
 * would depend on how busy the machine is, so the clock only ends runs that wait for ever.
 */
const limit_s = { mutant: 90, control: 600 };
const patience_ms = 15 * 60_000;

/**
 * Bundles test files with the sources that they import, and with `bench.ts` in vitest's place: a start takes
 * milliseconds.
 */
export function openLaboratory(): Laboratory {
  const folder = mkdtempSync(path.join(tmpdir(), 'snk-mutants-'));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  let bundles = 0;

  const start = async (tests: readonly string[], costs: Costs, mutant?: Mutant): Promise<Outcome> => {
    const outfile = path.join(folder, `${bundles++}.mjs`);
    // Random programs are the same every time, so that a mutant that is once seen is always seen; failures are not
    // shrunk.
    const seed = `import fc from 'fast-check';\nfc.configureGlobal({ seed: 1, endOnFailure: true });`;
    const imports = tests.map((test) => `await import(${JSON.stringify(path.join(root, test))});`);
    await build({
      stdin: {
        contents: `${seed}\n${imports.join('\n')}\nawait globalThis.runTests(${JSON.stringify(costs)});`,
        resolveDir: root,
        loader: 'ts',
      },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      logLevel: 'silent',
      plugins: [plant(mutant)],
    });
    return execute(outfile, mutant ? limit_s.mutant : limit_s.control);
  };

  const controls = new Map<string, Promise<Outcome>>();
  const control = (test: string): Promise<Outcome> => {
    const known = controls.get(test) ?? start([test], {});
    controls.set(test, known);
    return known;
  };
  const run: Laboratory['run'] = async (tests, mutant, order = 'cheapest') => {
    const times = readFileSync(path.join(root, mutant.file), 'utf8').split(mutant.find).length - 1;
    if (times !== 1) return { kind: 'broken', details: `what is to be replaced stands there ${times} times` };
    if (order === 'written') return start(tests, {}, mutant);
    const costs = await Promise.all(tests.map(async (test) => (await control(test)).costs ?? {}));
    return start(tests, Object.assign({}, ...costs) as Costs, mutant);
  };
  return { control, run, close: () => rmSync(folder, { recursive: true }) };
}

/** Loads sources unchanged, except for the mutation. Files keep their paths, though all end up in one bundle. */
const plant = (mutant: Mutant | undefined): Plugin => ({
  name: 'plant',
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^vitest$/ }, () => ({ path: path.join(import.meta.dirname, 'bench.ts') }));
    onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      let text = readFileSync(file, 'utf8');
      if (mutant && path.relative(root, file) === mutant.file) text = text.split(mutant.find).join(mutant.replace);
      text = text.replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)));
      text = text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href));
      return { contents: text, loader: 'ts' };
    });
  },
});

/**
 * The bench says how it ended by its exit status: 0 green, 1 red, anything else is broken. `ulimit` ends what takes too
 * much CPU time, of all threads together, by a signal.
 */
function execute(file: string, cpu_s: number): Promise<Outcome> {
  const limited = ['-c', `ulimit -t ${cpu_s}; exec "$0" "$1"`, process.execPath, file];
  return new Promise((resolve) => {
    execFile('sh', limited, { timeout: patience_ms, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      if (!error)
        resolve({ kind: 'green', details: stdout, costs: JSON.parse(stdout.trim().split('\n').at(-1)!) as Costs });
      else if (error.code === 1 && stdout.startsWith('red: ')) resolve({ kind: 'red', details: stdout });
      else if (error.signal) resolve({ kind: 'endless', details: `no end within ${cpu_s} s of CPU time` });
      else resolve({ kind: 'broken', details: stdout + stderr });
    });
  });
}
