import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const config = '.dependency-cruiser.cjs';

interface Rule {
  readonly name: string;
}
const { forbidden } = createRequire(import.meta.url)(path.join(root, config)) as {
  readonly forbidden: readonly Rule[];
};

/** For each rule one import that it is there to forbid: the file that has it, and what it imports. */
const plants: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'layer-base': ['src/base/plant.ts', 'src/netkat/target.ts'],
  'layer-netkat': ['src/netkat/plant.ts', 'src/language/target.ts'],
  'layer-frames': ['src/frames/plant.ts', 'src/targets/target.ts'],
  'layer-language': ['src/language/plant.ts', 'src/events/target.ts'],
  'layer-events': ['src/events/plant.ts', 'src/execution/target.ts'],
  'layer-difference': ['src/difference/plant.ts', 'src/execution/target.ts'],
  'layer-reach': ['src/reach/plant.ts', 'src/execution/target.ts'],
  'layer-execution': ['src/execution/plant.ts', 'src/tables/target.ts'],
  'layer-theorems': ['src/theorems/plant.ts', 'src/engines/target.ts'],
  'layer-tables': ['src/tables/plant.ts', 'src/compiler/target.ts'],
  'layer-compiler': ['src/compiler/plant.ts', 'src/targets/target.ts'],
  'layer-targets': ['src/targets/plant.ts', 'src/compiler/target.ts'],
  'layer-packets': ['src/packets/plant.ts', 'src/execution/target.ts'],
  'layer-engines': ['src/engines/plant.ts', 'src/packets/target.ts'],
  'layer-network': ['src/network/plant.ts', 'src/theorems/target.ts'],
  'layer-search': ['src/search/plant.ts', 'src/smt/target.ts'],
  'layer-smt': ['src/smt/plant.ts', 'src/targets/target.ts'],
  'layer-export': ['src/export/plant.ts', 'src/tables/target.ts'],
  'layer-replay': ['src/replay/plant.ts', 'src/theorems/target.ts'],
  'layer-report': ['src/report/plant.ts', 'src/compiler/target.ts'],
  'layer-verbs': ['src/verbs/plant.ts', 'src/cli/target.ts'],
  'layer-workbench': ['src/workbench.ts', 'src/cli/target.ts'],
  'layer-cli': ['src/cli/plant.ts', 'src/smt/target.ts'],
  'layer-cli-types': ['src/cli/values.ts', 'src/theorems/target.ts'],
  'unknown-room': ['src/verbs/stranger.ts', 'src/attic/target.ts'],
  'no-cycle': ['src/base/cycle.ts', 'src/base/cycle.ts'],
  'confirming-is-no-search': ['src/verbs/validate.ts', 'src/search/plant.ts'],
  'smt-and-export-have-rules-of-their-own': ['src/smt/proofs/plant.ts', 'src/network/target.ts'],
  'tables-are-judged-without-their-compiler': ['src/smt/tables/plant.ts', 'src/compiler/target.ts'],
  'network-for-the-search-alone': ['src/engines/network.ts', 'src/network/target.ts'],
  'bmv2-knows-the-format-alone': ['src/replay/bmv2/plant.ts', 'src/base/target.ts'],
  'variants-know-no-reduction': ['src/network/variants/plant.ts', 'src/network/reductions/target.ts'],
  'pages-know-no-browser': ['src/report/html/plant.ts', 'src/report/html/browser/target.ts'],
  'executions-are-drawn-from-the-document': ['src/report/executions/plant.ts', 'src/report/html/target.ts'],
  'no-z3-outside-smt': ['src/search/z3.ts', 'z3-solver'],
  'no-files-inside': ['src/verbs/files.ts', 'node:fs'],
  'no-development-packages': ['src/verbs/development.ts', 'fast-check'],
  'no-tests-from-sources': ['src/verbs/tested.ts', 'test/target.ts'],
  'no-unresolvable': ['src/verbs/nowhere.ts', 'src/verbs/nothing-here.ts'],
  'no-deprecated-core': ['src/replay/deprecated.ts', 'sys'],
};

const folder = mkdtempSync(path.join(tmpdir(), 'snk-layers-'));
const missing = 'src/verbs/nothing-here.ts';
const orphan = 'src/base/orphan.ts';
afterAll(() => rmSync(folder, { recursive: true }));

const put = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
};

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}
let violations: readonly Violation[] = [];

/** A small tree of the planted imports alone, under the project's own table. */
beforeAll(() => {
  for (const file of [config, 'tsconfig.json', 'package.json'])
    copyFileSync(path.join(root, file), path.join(folder, file));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  const specifier = (from: string, to: string): string => {
    if (!to.includes('.ts')) return to;
    const relative = path.relative(path.dirname(from), to).replace(/\.ts$/, '.js');
    return relative.startsWith('.') ? relative : `./${relative}`;
  };
  for (const [, to] of Object.values(plants)) {
    if (to.endsWith('target.ts') && to !== missing) put(to, 'export const target = 1;\n');
  }
  for (const [from, to] of Object.values(plants)) put(from, `import '${specifier(from, to)}';\n`);
  put(orphan, 'export {};\n');
  let found = '';
  try {
    const depcruise = path.join(root, 'node_modules/.bin/depcruise');
    const args = ['--config', config, '--output-type', 'json', 'src', 'test'];
    found = execFileSync(process.execPath, [depcruise, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    found = (error as { readonly stdout: string }).stdout; // violations end it with a status of their number
  }
  violations = (JSON.parse(found) as { summary: { violations: readonly Violation[] } }).summary.violations;
});

describe('the layers forbid', () => {
  const rules = forbidden.map(({ name }) => name);

  it.each(Object.entries(plants))('%s: what is planted in %s', (rule, [from]) => {
    expect(violations.filter((one) => one.from === from).map((one) => one.rule.name)).toContain(rule);
  });

  it('no-orphan: a file that nothing imports', () => {
    expect(violations.filter(({ from }) => from === orphan).map(({ rule }) => rule.name)).toContain('no-orphan');
  });

  it('something in every rule, and every rule is planted', () => {
    expect([...Object.keys(plants), 'no-orphan'].toSorted()).toEqual(rules.toSorted());
  });
});

it('the rooms of the table are those of src/', () => {
  const listed = rulesOfRooms();
  const rooms = execFileSync('git', ['ls-files', 'src'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .map((file) => /^src\/([^/]+)\//.exec(file)?.[1])
    .filter((room) => room !== undefined && room !== 'cli');
  expect(listed.toSorted()).toEqual([...new Set(rooms)].toSorted());
});

/** The rooms that ARCHITECTURE.md's table has a row for are those of the layers, too. */
const rulesOfRooms = (): string[] =>
  forbidden.flatMap(({ name }) => {
    const room = /^layer-(.+)$/.exec(name)?.[1];
    return room === undefined || ['workbench', 'cli', 'cli-types'].includes(room) ? [] : [room];
  });

it('ARCHITECTURE.md has a row for each room', () => {
  const text = readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8');
  for (const room of rulesOfRooms()) expect(text, `no row for ${room}/`).toContain(`| \`${room}/\` |`);
});
