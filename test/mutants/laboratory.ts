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
  /** The test that has failed, by its name. */
  readonly red?: string;
  /** The CPU time of each test by its name, if all are green. */
  readonly costs?: Costs;
}

type Costs = Readonly<Record<string, number>>;

/** What is to be run: the tests of some names alone, the cheapest first, with a fault. */
interface Asked {
  readonly costs?: Costs;
  readonly only?: readonly string[];
  readonly mutant?: Mutant;
}

/** Where test files are run with a fault planted in the sources. The sources themselves stay as they are. */
export interface Laboratory {
  /** Runs the tests of a file that have some of these names, or all, each once for all who ask, without a fault. */
  readonly control: (test: string, only?: readonly string[]) => Promise<Outcome>;
  /** Runs one test of some files, by its name, with a fault. */
  readonly runOne: (tests: readonly string[], mutant: Mutant, only: string) => Promise<Outcome>;
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

  const start = async (tests: readonly string[], { costs = {}, only, mutant }: Asked): Promise<Outcome> => {
    if (mutant) {
      const times = readFileSync(path.join(root, mutant.file), 'utf8').split(mutant.find).length - 1;
      if (times !== 1) return { kind: 'broken', details: `what is to be replaced stands there ${times} times` };
    }
    const outfile = path.join(folder, `${bundles++}.mjs`);
    // Random programs are the same every time, so that a mutant that is once seen is always seen; failures are not
    // shrunk.
    const seed = `import fc from 'fast-check';\nfc.configureGlobal({ seed: 1, endOnFailure: true });`;
    const imports = tests.map((test) => `await import(${JSON.stringify(path.join(root, test))});`);
    await build({
      stdin: {
        contents: `${seed}\n${imports.join('\n')}\nawait globalThis.runTests(${[costs, only].map((one) => JSON.stringify(one)).join()});`,
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
  const control: Laboratory['control'] = (test, only) => {
    const key = JSON.stringify([test, only]);
    const known = controls.get(key) ?? start([test], only ? { only } : {});
    controls.set(key, known);
    return known;
  };
  const runOne: Laboratory['runOne'] = (tests, mutant, name) => start(tests, { mutant, only: [name] });
  const run: Laboratory['run'] = async (tests, mutant, order = 'cheapest') => {
    if (order === 'written') return start(tests, { mutant });
    const found = await Promise.all(tests.map((test) => control(test)));
    const bad = found.find(({ kind }) => kind !== 'green');
    if (bad) return { ...bad, kind: 'broken' };
    return start(tests, { mutant, costs: Object.assign({}, ...found.map(({ costs }) => costs)) as Costs });
  };
  return { control, runOne, run, close: () => rmSync(folder, { recursive: true }) };
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
      else if (error.code === 1 && stdout.startsWith('red: '))
        resolve({
          kind: 'red',
          details: stdout,
          red: JSON.parse(stdout.split('\n')[0]!.slice('red: '.length)) as string,
        });
      else if (error.signal) resolve({ kind: 'endless', details: `no end within ${cpu_s} s of CPU time` });
      else resolve({ kind: 'broken', details: stdout + stderr });
    });
  });
}
