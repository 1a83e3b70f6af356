import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCommandLine, run, snkVerify, workFolder } from '../end-to-end/command-line.js';

const { folder, remove } = workFolder();
const at = (name: string): string => path.join(folder, name);
const snk = (...args: readonly string[]) => snkVerify(args, { cwd: folder });
beforeAll(buildCommandLine);
afterAll(remove);

const firewallHash = (): string =>
  createHash('sha256')
    .update(readFileSync(at('models/firewall.snk')))
    .digest('hex');

const quick = ['--packets', '1', '--engine', 'explore'];

describe('a verb that there is not', () => {
  it.each([
    [['chek', 'models/firewall.snk'], 'unknown verb "chek", did you mean check?'],
    [['cmpile', 'models/firewall.snk', '-o', 'out'], 'unknown verb "cmpile", did you mean compile?'],
    [['--packets', '1', 'valdate', 'models/firewall.snk'], 'unknown verb "valdate", did you mean validate?'],
    [['frobnicate', 'models/firewall.snk'], 'unknown verb "frobnicate" (and there is no file of that name)'],
    [['--packets', '1', 'check', 'models/firewall.snk'], 'the verb comes first: snk-verify check …'],
  ])('%j runs nothing', async (args, why) => {
    const { stdout, stderr, status } = await snk(...args);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(stderr).toBe(`error: ${why}\n(snk-verify --help lists what there is)\n`);
    expect(existsSync(at('out'))).toBe(false);
  });

  it.each([[['chek.snk']], [['check', 'chek']], [['--', 'chek']], [['./chek']]])('%j is a file', async (args) => {
    expect((await snk(...args)).stderr).toMatch(/^snk-verify: cannot read /);
  });

  it('a file of that name goes before', async () => {
    writeFileSync(at('plan'), readFileSync(at('models/firewall.snk')));
    expect(await snk('plan', ...quick)).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('what is no program', () => {
  const program = 'host H1 @ 1:2;\npolicy\n';
  it.each<[string, string | Uint8Array, boolean]>([
    ['a binary', readFileSync(process.execPath).subarray(0, 20_000), true],
    ['a letter', 'Dear network,\nplease forward my packets.\n'.repeat(100), true],
    ['a program with a NUL', `${program}\0`, true],
    ['a program with many mistakes', `${program}${'pt=; '.repeat(50)}`, false],
    ['a program with a mistake, in one line', 'state [0]; policy pt=', false],
    ['a comment in another encoding', Buffer.from(`# caf\xe9\n${program}pt=`, 'latin1'), false],
  ])('%s: the first ten errors, and whether it looks like one', async (name, text, doubted) => {
    const file = `${name.replaceAll(/\W+/g, '-')}.snk`;
    writeFileSync(at(file), text);
    const { stdout, status } = await snk(file);
    expect(status).toBe(2);
    expect(stdout.match(/: error\[/g)!.length).toBeLessThanOrEqual(10);
    expect(stdout.includes(`${file} does not look like a Stateful NetKAT program`)).toBe(doubted);
    const { rejected } = JSON.parse((await snk(file, '--json')).stdout);
    const { diagnostics } = rejected.details;
    // The first reason is among what is shown, wherever it stands.
    expect(stdout).toContain(`${file}:${rejected.line}:${rejected.column}: `);
    expect(/^and (more than )?\d+ more$/m.test(stdout)).toBe(diagnostics.length > 10);
  });

  it('of more than ten errors those of the first code are shown', async () => {
    const text = `${Array.from({ length: 30 }, (_, i) => `host H${i} @ 1:2;`).join('\n')}\npolicy pt<-`;
    writeFileSync(at('late.snk'), text);
    const { stdout } = await snk('late.snk');
    expect(stdout).toMatch(/late\.snk:31:\d+: error\[syntax/);
    expect(stdout.match(/: error\[/g)).toHaveLength(10);
  });
});

describe('compile without -o', () => {
  it('writes into a folder named after the program, and says so', async () => {
    const before = readdirSync(folder);
    const { stdout, status } = await snk('compile', 'models/firewall.snk');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^firewall\/tables\.json: 6 rules/);
    expect(readdirSync(folder).filter((name) => !before.includes(name))).toEqual(['firewall']);
  });

  it.each([
    ['rules', 'rules-tables'],
    ['net.txt', 'net.txt-tables'],
    ['..snk', '..snk-tables'],
  ])('of %s into %s, which is not the program', async (file, target) => {
    writeFileSync(at(file), readFileSync(at('models/firewall.snk')));
    const { stdout, status } = await snk('compile', file);
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining(`${target}/tables.json: `) });
  });
});

describe('--json', () => {
  it('has an entry with its error for a file that cannot be read, in its place', async () => {
    mkdirSync(at('folder.snk'), { recursive: true });
    const files = ['models/firewall.snk', 'none.snk', 'folder.snk', 'models/undetermined.snk'];
    const { stdout, stderr, status } = await snk(...files, ...quick, '--json');
    const entries = JSON.parse(stdout);
    expect(status).toBe(2);
    expect(entries.map((entry: { program: { file: string } }) => entry.program.file)).toEqual(files);
    const errors = entries.map(({ error }: { error?: { message: string } }) => error?.message ?? null);
    const why = [
      'cannot read none.snk: there is no such file',
      'cannot read folder.snk: it is a folder, not a program',
    ];
    expect(errors).toEqual([null, ...why, null]);
    expect(stderr).toBe(why.map((one) => `snk-verify: ${one}\n`).join(''));
    // Parts are merged with it: what nobody could read is not lost on the way.
    writeFileSync(at('many.json'), stdout);
    const merged = await snk('merge', 'many.json', '--format', 'json');
    expect({ status: merged.status, entries: JSON.parse(merged.stdout).length }).toEqual({ status: 2, entries: 4 });
    expect((await snk('merge', 'many.json')).stdout).toContain(`  unreadable\n    ${why[0]}`);
    const pages = await snk('report', 'many.json', '-o', 'pages');
    expect(pages).toMatchObject({ status: 2, stderr: expect.stringContaining(why[0]!) });
    expect(readdirSync(at('pages')).sort()).toEqual(['firewall.html', 'undetermined.html']);
  });

  it('of one file is an object, also if it cannot be read', async () => {
    const { stdout, status } = await snk('none.snk', '--json');
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ program: { file: 'none.snk' }, rejected: null, checks: {} });
  });

  it.each([
    ['junit', /<failure type="unreadable" message="cannot read none\.snk: there is no such file">/],
    ['sarif', /"ruleId": "unreadable",\s+"kind": "fail",\s+"level": "error"/],
  ])('%s has it too', async (format, wanted) => {
    expect((await snk('none.snk', '--format', format)).stdout).toMatch(wanted);
  });
});

describe('where nothing is violated there is nothing to do', () => {
  const tool = { name: 'snk-verify', version: '0.1.0' };
  const result = (checks: object, more: object = {}) => ({
    tool,
    program: { file: 'models/firewall.snk', sha256: '' },
    rejected: null,
    options: { semantics: 'tagged', packets: 1, controller: true },
    warnings: [],
    checks,
    ...more,
  });
  const check = (status: string) => ({ status, states: 1, counterexample: null });
  const rejected = { code: 'cycle', message: 'it goes round', line: null, column: null, details: {} };
  const good = result({ lemma3: check('proved'), 'theorem1.paper': check('holds') });
  const cases: Readonly<Record<string, readonly [status: number, why: string, document: unknown]>> = {
    good: [0, 'no check is violated', good],
    open: [
      3,
      'no check is violated, but unknown: lemma3',
      result({ lemma3: check('unknown'), tables: check('proved') }),
    ],
    bad: [2, 'the program is rejected [cycle]', result({}, { rejected })],
    lost: [2, 'there is no such file', result({}, { error: { message: 'there is no such file' } })],
    empty: [2, 'it has no verdict on any check, and no `steps`', result({})],
    tables: [2, 'none by the rules breaks tables', result({ lemma3: check('unknown'), tables: check('violated') })],
    several: [3, 'lemma3 is not violated, but unknown: lemma3', [good, result({ lemma3: check('unknown') })]],
  };
  beforeAll(() => {
    for (const [name, [, , document]] of Object.entries(cases)) {
      const hashed = JSON.stringify(document).replaceAll('"sha256":""', `"sha256":"${firewallHash()}"`);
      writeFileSync(at(`${name}.json`), hashed);
    }
  });

  it.each(Object.keys(cases))('%s: the exit status is that of check, for every verb', async (name) => {
    const [status, why] = cases[name]!;
    for (const [todo, ...args] of [['convert', '--to', 'text'], ['convert', '--to', 'itf'], ['validate'], ['replay']]) {
      const outcome = await snk(todo!, `${name}.json`, ...args);
      expect(outcome, todo).toMatchObject({
        status,
        stdout: '',
        stderr: `snk-verify: ${name}.json: there is no execution to ${todo}: ${why}\n`,
      });
    }
  });

  it('also for the program itself', async () => {
    expect(await snk('replay', 'models/firewall.snk', '--packets', '1')).toMatchObject({
      status: 0,
      stderr: 'snk-verify: models/firewall.snk: there is no execution to replay: no check is violated\n',
    });
  });

  it('and for one check of several', async () => {
    const { stdout } = await snk('models/firewall.snk', '--semantics', 'best-effort', '--packets', '2', '--json');
    writeFileSync(at('broken.json'), stdout);
    expect(await snk('convert', 'broken.json', '--to', 'text', '--check', 'lemma3')).toMatchObject({
      status: 0,
      stderr: 'snk-verify: broken.json: there is no execution to convert: lemma3 is not violated\n',
    });
    expect(await snk('convert', 'broken.json', '--to', 'text')).toMatchObject({ status: 0, stderr: '' });
  });

  it('the help says so', async () => {
    for (const verb of ['convert', 'validate', 'replay'])
      expect((await snk(verb, '--help')).stdout).toContain('Where no check is violated there is nothing to do');
  });
});

/** util-linux's `script` lends a program a terminal. */
const script = 'script';
const hasScript = spawnSync(script, ['-qec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0;

describe.runIf(hasScript)('on a terminal', () => {
  it('bytes are refused', async () => {
    const { stdout } = await snk('models/firewall.snk', '--semantics', 'best-effort', '--packets', '2', '--json');
    writeFileSync(at('bytes.json'), stdout);
    const entry = path.resolve(import.meta.dirname, '../../dist/cli/main.js');
    const command = `${process.execPath} ${entry} convert bytes.json --to pcapng`;
    const seen = await run(script, ['-qec', command, '/dev/null'], { cwd: folder });
    expect(seen.stdout).toBe('snk-verify: pcapng is nothing to show on a terminal: say -o FILE\r\n');
  });
});
