import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const src = path.resolve(import.meta.dirname, '../../src');

/** Names that several files may export, for they mean the same there; with what they mean. */
interface Shared {
  readonly reason: string;
  readonly files: readonly string[];
  readonly names: readonly string[];
}

const shared: readonly Shared[] = [
  {
    reason:
      'The rules of spec 3 are written anew for each engine, word for word, over interned sets and as constraints: what is the same in both has one name.',
    files: [
      'execution/variant.ts',
      'execution/variants.ts',
      'execution/figure6.ts',
      'execution/tagged.ts',
      'execution/best-effort.ts',
      'execution/state.ts',
      'network/variants/variant.ts',
      'network/variants/variants.ts',
      'network/variants/figure6.ts',
      'network/variants/tagged.ts',
      'network/variants/two-phase.ts',
      'network/variants/best-effort.ts',
      'network/state.ts',
      'smt/bounded/variants.ts',
    ],
    names: ['Variant', 'variants', 'figure6', 'tagged', 'twoPhase', 'bestEffort', 'NetworkState', 'Copy'],
  },
  {
    reason: 'An item of Q, to explore and in constraints.',
    files: ['network/variants/variant.ts', 'smt/bounded/controller.ts'],
    names: ['Item'],
  },
  {
    reason:
      'The words of BMv2’s JSON format, as what we write and as what the interpreter, which imports nothing of ours, has read.',
    files: ['targets/bmv2/format.ts', 'replay/bmv2/program.ts'],
    names: ['Action', 'Conditional', 'Operand', 'Pipeline', 'Primitive', 'Table', 'TableEntry'],
  },
];

/** What a text declares and exports, by name; what it exports of another file is declared there. */
function exportedNames(text: string): string[] {
  const { statements } = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    if (!isExported) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
    return [...new Set(namedBy(statement))];
  });
}

const namedBy = (statement: ts.Statement): string[] =>
  (ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isClassDeclaration(statement)) &&
  statement.name
    ? [statement.name.text]
    : [];

/** For each name that several files declare, those files, unless all are among those that may share it. */
function clashes(texts: ReadonlyMap<string, string>): string[] {
  const filesOf = new Map<string, string[]>();
  for (const [file, text] of texts)
    for (const name of new Set(exportedNames(text))) filesOf.set(name, [...(filesOf.get(name) ?? []), file]);
  return [...filesOf]
    .filter(([, files]) => files.length > 1)
    .filter(([name, files]) => !shared.some((row) => isShared(row, name, files)))
    .map(([name, files]) => `${name} is exported by ${files.join(' and by ')}: ${advice}`);
}

const advice =
  'if the two mean different things, rename one after what it is here; if they mean the same, export it once, or say in test/tidy/names.test.ts why it stands there twice';

const isShared = (row: Shared, name: string, files: readonly string[]): boolean =>
  row.names.includes(name) && files.every((file) => row.files.includes(file));

const sources = new Map(
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('page-assets.ts'))
    .map((file) => [file.split(path.sep).join('/'), readFileSync(path.join(src, file), 'utf8')]),
);

describe('an exported name', () => {
  it('has one meaning', () => {
    expect(clashes(sources)).toEqual([]);
  });

  it.each(shared.flatMap((row) => row.names.map((name) => [name, row] as const)))(
    'that may be shared is: %s',
    (name, { files }) => {
      const having = files.filter((file) => exportedNames(sources.get(file) ?? '').includes(name));
      expect(having.length).toBeGreaterThan(1);
    },
  );

  it.each(shared.flatMap((row) => row.files.map((file) => [file, row] as const)))(
    'of a file that may share names is one of them: %s',
    (file, { names }) => {
      expect(exportedNames(sources.get(file) ?? '').filter((name) => names.includes(name))).not.toEqual([]);
    },
  );

  it.each([
    ['a type and a function', 'export interface Setting {}', 'export const Setting = 1;'],
    ['two types', 'export type Setting = 1;', 'export interface Setting {}'],
    ['a class and a function', 'export class Setting {}', 'export async function Setting() {}'],
  ])('of two things is told: %s', (_, one, other) => {
    const told = clashes(
      new Map([
        ['a/one.ts', one],
        ['b/other.ts', other],
      ]),
    );
    expect(told).toEqual([expect.stringMatching(/^Setting is exported by a\/one\.ts and by b\/other\.ts: if the two/)]);
  });

  it('that is shared elsewhere is told in a third file', () => {
    const third = new Map([...sources, ['verbs/plant.ts', 'export const tagged = 1;']]);
    expect(clashes(third)).toEqual([expect.stringContaining('verbs/plant.ts')]);
  });

  it('that is passed on, or that a file keeps to itself, is none of its own', () => {
    const passed = ["export { Setting } from './a.js';", 'interface Setting {}', 'export interface Setting {}'];
    expect(clashes(new Map(passed.map((text, i) => [`${i}.ts`, text])))).toEqual([]);
  });
});
