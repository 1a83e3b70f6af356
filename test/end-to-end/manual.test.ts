import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocuments, readTables } from '../../src/workbench.js';
import { root } from '../conformance/expectation.js';
import { buildCommandLine } from './command-line.js';
import { type PageFile, parsePage, type ShownCommand, withPrinted } from './page.js';
import { cloneFolder, runInShell } from './shell.js';

/** `UPDATE_MANUAL=1 npx vitest run test/end-to-end/manual` writes what is printed into the pages. Read it! */
const isUpdate = Boolean(process.env['UPDATE_MANUAL']);

const markdownIn = (folder: string): string[] =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name));

/** Pages whose commands are run. */
const run = ['README.md', ...markdownIn('docs/manual')];
/** All others: what looks like a command there would escape the test. */
const read = [...markdownIn('.'), ...markdownIn('docs')].filter((name) => !run.includes(name));

/** Lines of blocks that a reader would take for commands to type in; a synopsis (`snk-verify FILE...`) is none. */
const commandsIn = (page: string): readonly string[] =>
  text(page)
    .split('\n')
    .filter((line) => /^\s*(\$ |(sudo )?\.\/snk-verify |snk-verify \S+ models\/|(npm|npx|node|cd) \S)/.test(line));

const text = (page: string): string => readFileSync(path.join(root, page), 'utf8');

/** Whether this machine has a program, or lets us be root. */
function has(need: string): boolean {
  if (need === 'root') return process.getuid?.() === 0;
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', need]).status === 0;
}

/** Says, once, what is left out of a page, and why. */
function isLeftOut(page: string, { line, text, needs }: ShownCommand): boolean {
  const missing = needs.filter((need) => !has(need));
  if (missing.length > 0)
    console.warn(`LEFT OUT: ${page}:${line}, \`${text}\`: this machine has no ${missing.join(', ')}`);
  return missing.length > 0;
}

/**
 * Less what differs from machine to machine: the number of a network's process, versions, and which solvers there are.
 */
const anywhere = (output: string): string =>
  output
    .replaceAll(/\bsnk-\d+-/g, 'snk-4711-')
    .replaceAll(/simple_switch \d[^ ]*\. /g, 'simple_switch 1.15.5. ')
    .replaceAll(/(; Z3 [\d.]+ \(embedded\)).*/g, '$1');

beforeAll(() => {
  if (isUpdate && process.env['CI']) throw new Error('CI compares the manual; it does not write it');
  buildCommandLine();
});

describe.each(run.filter((name) => parsePage(text(name)).commands.length > 0))('%s', (name) => {
  const markdown = text(name);
  const page = parsePage(markdown);
  const { folder, remove } = cloneFolder();
  const printed = new Map<ShownCommand, string>();
  let before = 0;

  beforeAll(() => {
    for (const { name, text } of page.files) if (name !== undefined) writeFileSync(path.join(folder, name), text);
  });
  afterAll(() => {
    remove();
    if (isUpdate) writeFileSync(path.join(root, name), withPrinted(markdown, page, printed));
  });

  for (const [i, command] of page.commands.entries()) {
    const { line, text, output, isInterrupted } = command;
    it.skipIf(isLeftOut(name, command))(`line ${line}: $ ${text}`, async () => {
      const how = {
        folder,
        before,
        ...(isInterrupted ? { until: (heard: string) => anywhere(heard) === anywhere(output) } : {}),
      };
      let ended = await runInShell(text, how);
      // Another clone may be tested on this machine at the same time; the test's own limit ends this.
      while (ended.output.includes('is taken;')) ended = await sleep(500).then(() => runInShell(text, how));
      before = ended.status ?? -1;
      printed.set(command, ended.output);
      // A status that is not 0 is shown by the page's next command.
      if (page.commands[i + 1]?.text !== 'echo $?') expect(ended, text).toMatchObject({ status: 0 });
      if (!isUpdate) expect(anywhere(ended.output), `in a clone: ${text}`).toBe(anywhere(output));
    });
  }

  for (const file of page.files.filter(({ language }) => language === 'json'))
    it(`line ${file.line}: the JSON is what the tool reads`, () => expect(problemsOf(file)).toEqual([]));
});

/** What is wrong with JSON that a page shows: it is tables, a result or an execution. */
function problemsOf({ text }: PageFile): readonly string[] {
  const json = JSON.parse(text) as { readonly format?: string };
  if (json.format === undefined) {
    const reading = readDocuments(text);
    return reading.ok ? [] : reading.problems;
  }
  const reading = readTables(text);
  return reading.ok ? [] : reading.problems;
}

describe('the manual', () => {
  it('has a page for each task, and each is linked from the index', () => {
    const pages = readdirSync(path.join(root, 'docs/manual')).filter((name) => name !== 'README.md');
    for (const page of pages) expect(text('docs/manual/README.md')).toContain(`](${page})`);
    expect(pages.length).toBeGreaterThanOrEqual(9);
  });

  it('is executed: there are commands on each page of a task', () => {
    for (const page of run.filter((name) => !/library\.md|manual\/README\.md/.test(name)))
      expect(parsePage(text(page)).commands.length, page).toBeGreaterThan(0);
  });

  it('begins with a README of at most 6 kB', () => {
    expect(Buffer.byteLength(text('README.md'))).toBeLessThanOrEqual(6000);
  });

  it.each(read)('%s shows no command that no test runs', (page) => {
    expect(commandsIn(page), `make each a \`console\` block of a page in docs/manual`).toEqual([]);
  });

  it.each([...run, ...read])('%s links to what is there', (page) => {
    const links = [...text(page).matchAll(/\]\(([^)\s#]+)(#[^)]*)?\)/g)].map(([, target]) => target!);
    const local = links.filter((target) => !/^[a-z]+:/.test(target));
    const missing = local.filter((target) => !existsSync(path.join(root, path.dirname(page), target)));
    expect(missing).toEqual([]);
  });
});
