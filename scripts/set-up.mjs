/**
 * Makes a clone able to run: installs the dependencies of the lock file, and bundles the command line. Plain Node.js,
 * since nothing is installed yet. Speaks on standard error alone.
 */
import { createHash } from 'node:crypto';
import { existsSync, linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { assets_module } from './page.mjs';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

export const cli_entry = path.join(root, 'dist/cli/main.js');
const bundle_stamp = path.join(root, 'dist/cli/.stamp');
const lock_file = path.join(root, '.set-up.lock');

const node_major_min = 20;
const lock_poll_ms = 100;
const lock_wait_max_ms = 10 * 60_000;

/** A set-up that failed for a reason its user can act on: no stack trace is shown. */
export class SetUpError extends Error {}

/** @param {string} message */
const say = (message) => process.stderr.write(`set-up: ${message}\n`);

/**
 * Installs dependencies, then makes the bundle, each only if missing or stale. This is cheap when all is fresh, and
 * several may run at once.
 * @param {{ bundle?: boolean }} [wanted]
 */
export async function setUp({ bundle = false } = {}) {
  if (Number.parseInt(process.versions.node, 10) < node_major_min) {
    throw new SetUpError(`Node.js >= ${node_major_min} is needed; this is ${process.version}`);
  }
  const fresh = () => isInstalled() && isPageBuilt() && (!bundle || isBundled());
  if (fresh()) return;
  await withLock(async () => {
    if (!isInstalled()) await install();
    if (!isPageBuilt()) await buildPageAssets();
    if (bundle && !isBundled()) await buildBundle();
  });
}

/**
 * Whether node_modules is what package-lock.json asks for. npm writes node_modules/.package-lock.json last, so an
 * installation that was cut short, or that left out the development dependencies, does not pass.
 */
function isInstalled() {
  const wanted = readPackages(path.join(root, 'package-lock.json'));
  const present = readPackages(path.join(root, 'node_modules/.package-lock.json'));
  if (wanted === undefined) throw new SetUpError('package-lock.json is missing or is no JSON');
  if (present === undefined) return false;
  return Object.entries(wanted).every(([where, { version, integrity, optional }]) => {
    if (where === '') return true;
    const it = present[where];
    return it === undefined ? optional === true : it.version === version && it.integrity === integrity;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }> | undefined}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

async function install() {
  say('installing dependencies (npm ci)');
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { spawnSync } = await import('node:child_process'); // here alone: it would slow every start
  // npm's words go to standard error: standard output is the caller's.
  const { status, error } = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (error) throw new SetUpError(`npm could not be started: ${error.message}`);
  if (status !== 0 || !isInstalled()) throw new SetUpError(`npm ci failed (exit status ${status})`);
}

/** Bundles the script of report pages into a module, whatever is there already; the caller holds the lock. */
async function buildPageAssets() {
  const digest = pageDigest();
  const { buildPage } = await import('./page.mjs');
  await buildPage(root, digest).catch((cause) => {
    throw new SetUpError('src/report/html/browser could not be bundled (see above)', { cause });
  });
}

/** The module says itself what it was made from. */
function isPageBuilt() {
  const file = path.join(root, assets_module);
  return existsSync(file) && readFileSync(file, 'utf8').includes(pageDigest());
}

/** Bundles src/cli/main.ts, whatever is there already; the caller holds the lock. */
async function buildBundle() {
  say('building dist/cli/main.js');
  const digest = sourcesDigest();
  rmSync(bundle_stamp, { force: true });
  const { bundle } = await import('./bundle.mjs');
  await bundle(root, cli_entry).catch((cause) => {
    throw new SetUpError('src/cli/main.ts could not be bundled (see above)', { cause });
  });
  writeFileSync(bundle_stamp, digest);
}

function isBundled() {
  if (!existsSync(cli_entry) || !existsSync(bundle_stamp)) return false;
  return readFileSync(bundle_stamp, 'utf8') === sourcesDigest();
}

const settings = ['package.json', 'package-lock.json', 'tsconfig.json'];

/** A digest of everything that the bundle is made from, by content: checking out or touching a file changes nothing. */
const sourcesDigest = () => digestOf([...settings, 'scripts/bundle.mjs', ...sourcesIn('src')]);

/**
 * A digest of everything from which the page's script and style are made; the script includes what it needs of the
 * other rooms.
 */
const pageDigest = () =>
  digestOf([
    ...settings,
    'scripts/page.mjs',
    ...sourcesIn('src').filter((name) => name !== path.normalize(assets_module)),
  ]);

/** @param {string} folder */
const sourcesIn = (folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|css)$/.test(name))
    .map((name) => path.join(folder, name))
    .sort();

/** @param {readonly string[]} names */
function digestOf(names) {
  const hash = createHash('sha256');
  for (const name of names) {
    const text = readFileSync(path.join(root, name));
    hash.update(`${name}\0${text.length}\0`).update(text);
  }
  return hash.digest('hex');
}

/**
 * Runs `work` while no other set-up of this clone runs. The lock file appears whole (a link to a file already written),
 * holds its owner's process id, and is taken over if that process is gone.
 * @param {() => Promise<void>} work
 */
export async function withLock(work) {
  const mine = `${lock_file}.${process.pid}.tmp`;
  writeFileSync(mine, String(process.pid));
  try {
    const began_ms = Date.now();
    while (!tryLink(mine, lock_file)) {
      if (Date.now() - began_ms > lock_wait_max_ms) throw new SetUpError(`waited too long for ${lock_file}`);
      if (!isOwnerAlive()) rmSync(lock_file, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, lock_poll_ms));
    }
  } finally {
    rmSync(mine, { force: true });
  }
  const release = () => rmSync(lock_file, { force: true });
  process.once('exit', release);
  try {
    await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/** @param {string} from @param {string} to */
function tryLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

function isOwnerAlive() {
  try {
    process.kill(Number(readFileSync(lock_file, 'utf8')), 0);
    return true;
  } catch (error) {
    // ESRCH: its owner died. Not ENOENT (released meanwhile), nor EPERM (alive, and somebody else's).
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH';
  }
}

/**
 * Runs a script's main function; a failed set-up is told in one line and exits with status 70, as the tool's own
 * faults.
 * @param {() => Promise<void>} main
 */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(error.message);
    process.exit(70);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runScript(() => setUp());
}
