import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../src');

/** Lists that may be spread into a call, by file and text, and why they are short whatever the input is. */
const short: readonly (readonly [file: string, list: string, why: string])[] = [
  ['compiler/choose-tags.ts', 'given', 'the arguments of another function'],
  ['tables/read-tables.ts', 'problems.slice(0, maxProblems)', 'cut to what is shown'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a text of the source.
  ['tables/read-tables.ts', '(more > 0 ? [`and ${more} more`] : [])', 'one at most'],
  ['smt/tables/switch.ts', 'learning.map((source) => sources[source])', 'a switch learns from three sources at most'],
  ...['targets/tables-plan.ts', 'targets/bmv2/actions.ts'].map((file) => place(file, 'fieldPlaces[name]')),
  ...['targets/tables-plan.ts', 'targets/bmv2/actions.ts', 'targets/p4/p4.ts'].map((file) =>
    place(file, 'fieldPlaces[set]'),
  ),
  ...['targets/bmv2/actions.ts', 'targets/p4/p4.ts'].map((file) => place(file, 'learningPlaces[source]')),
  place('targets/p4/p4.ts', 'target'),
  ['targets/p4/p4.ts', 'body', 'a rewrite sets each field once'],
  ...["insert('ethernet')", "insert('command')"].map((list) => fixed('targets/p4/p4.ts', list)),
  ...["insertShim('ethernet')", "insertShim('command')"].map((list) => fixed('targets/bmv2/actions.ts', list)),
  ...[
    "answer(field('meta', 'event_set'), false)",
    "answer(wrapped(binary('|', field('meta', 'event_set'), field('command', 'value'))), true)",
    "answer(field('command', 'value'), true)",
  ].map((list) => fixed('targets/bmv2/actions.ts', list)),
];

function place(file: string, list: string) {
  return [file, list, 'a header and a field of it'] as const;
}
function fixed(file: string, list: string) {
  return [file, list, 'the statements of one action, whatever the program'] as const;
}

/** The lists that a text spreads into calls: a call has no room for some 100,000 arguments. */
function spreads(text: string): { readonly line: number; readonly list: string }[] {
  const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true);
  const found: { line: number; list: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node))
      for (const argument of node.arguments ?? [])
        if (ts.isSpreadElement(argument)) {
          const line = source.getLineAndCharacterOfPosition(argument.getStart()).line + 1;
          found.push({ line, list: argument.expression.getText().replaceAll(/\s+/g, ' ') });
        }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it('is seen where there is one, and not in a list', () =>
  expect(spreads('f([...a]);\nlist.push(1, ...b.map(c));\nnew Set(...d)')).toEqual([
    { line: 2, list: 'b.map(c)' },
    { line: 3, list: 'd' },
  ]));

it('no list that can grow is spread into a call: loop over it, or give the list itself (allOf, greatest)', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(300);
  const all = files.flatMap((file) =>
    spreads(readFileSync(path.join(root, file), 'utf8')).map(({ line, list }) => ({ file, line, list })),
  );
  const isShort = ({ file, list }: (typeof all)[number]) => short.some(([f, l]) => f === file && l === list);
  expect(all.filter((one) => !isShort(one)).map(({ file, line, list }) => `src/${file}:${line} ...${list}`)).toEqual(
    [],
  );
  const needless = short.filter(([f, l]) => !all.some(({ file, list }) => f === file && l === list));
  expect(needless.map(([file, list]) => `${file} ...${list}`)).toEqual([]);
});
