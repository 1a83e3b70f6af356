/**
 * Checks everything that must hold of this repository, stage by stage; every stage runs, whether or not those before it
 * have failed. Without arguments: the static checks (`npm run check`). With `--all`: the build and the tests too (`npm
 * test`).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root, runScript, setUp } from './set-up.mjs';
import { resultsFile } from './tally.mjs';

const plain = process.stdout.isTTY ? [] : ['--colors=off'];
const all = process.argv.includes('--all');

/** Folders and files of ours that dependency-cruiser follows imports from; bench and test may not exist yet. */
const cruised = ['src', 'test', 'bench', 'scripts'].filter((name) => existsSync(path.join(root, name)));

/** @type {readonly { name: string, command: readonly string[], always: boolean }[]} */
const stages = [
  { name: 'build', command: ['node', 'scripts/build.mjs'], always: false },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'], always: true },
  { name: 'types of the page', command: ['tsc', '-p', 'src/report/html/browser/tsconfig.json'], always: true },
  { name: 'lint and format', command: ['biome', 'ci', '--error-on-warnings', ...plain], always: true },
  { name: 'layers', command: ['depcruise', '--config', '.dependency-cruiser.cjs', ...cruised], always: true },
  { name: 'dead code', command: ['knip', '--no-progress'], always: true },
  {
    name: 'tests',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${resultsFile}`],
    always: false,
  },
];

await runScript(async () => {
  rmSync(resultsFile, { force: true });
  const install_ms = await timed(() => setUp());
  console.log(`── set-up: ok, ${seconds(install_ms)}`);

  const failed = [];
  for (const { name, command } of stages.filter((stage) => all || stage.always)) {
    console.log(`\n── ${name}: ${command.join(' ')}`);
    let status = /** @type {number | null} */ (null);
    const stage_ms = await timed(() => {
      status = run(command);
    });
    if (status !== 0) failed.push(name);
    console.log(`── ${name}: ${status === 0 ? 'ok' : 'FAILED'}, ${seconds(stage_ms)}`);
  }

  console.log(failed.length === 0 ? '\nAll stages passed.' : `\nFailed: ${failed.join(', ')}.`);
  process.exitCode = failed.length === 0 ? 0 : 1;
});

/** @param {readonly string[]} command */
function run([program = '', ...args]) {
  const bin = path.join(root, 'node_modules/.bin');
  const colours = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };
  const env = { ...process.env, ...colours, PATH: `${bin}${path.delimiter}${process.env['PATH']}` };
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env });
  if (error) console.log(error.message);
  return status;
}

/** @param {() => unknown} work */
async function timed(work) {
  const began_ms = performance.now();
  await work();
  return performance.now() - began_ms;
}

/** @param {number} duration_ms */
function seconds(duration_ms) {
  return `${(duration_ms / 1000).toFixed(1)} s`;
}
