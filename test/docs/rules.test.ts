import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mutants } from '../mutants/mutants.js';
import { files, read } from './repository.js';

const page = 'docs/rules.md';
const text = read(page);

const linked = (target: string): string => path.posix.join('docs', target);
const has = (source: string, name: string): boolean => {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<!\\w)${escaped}(?!\\w)`).test(source);
};

/** The cells of a row of a table. */
const cellsOf = (line: string): string[] =>
  line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

/** The links of a cell: what is shown, and the file. */
const linksIn = (cell: string): { readonly shown: string; readonly file: string }[] =>
  [...cell.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, shown, target]) => ({ shown: shown!, file: linked(target!) }));

interface Cell {
  readonly rule: string;
  readonly writing: string;
  /** The function and its file; undefined where the writing has nothing of the rule. */
  readonly where: { readonly name: string; readonly file: string } | undefined;
  readonly tests: readonly string[];
  readonly planted: string;
}

const writings = cellsOfFirstColumn(text.split('## The writings')[1]!.split('\n## ')[0]!);

function cellsOfFirstColumn(part: string): string[] {
  const rows = part.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((line) => cellsOf(line)[0]!);
}

const matrix: readonly Cell[] = text
  .split('## The matrix')[1]!
  .split(/^### /m)
  .slice(1)
  .flatMap((part) => {
    const [rule = '', ...lines] = part.split('\n');
    const rows = lines.filter((line) => line.startsWith('|')).slice(2);
    return rows.map((line): Cell => {
      const [writing = '', where = '', tests = '', planted = ''] = cellsOf(line);
      const [link] = linksIn(where);
      return {
        rule,
        writing,
        where: link && { name: link.shown.replaceAll('`', ''), file: link.file },
        tests: linksIn(tests).map(({ file }) => file),
        planted,
      };
    });
  });

const written = matrix.filter(({ where }) => where !== undefined) as (Cell & { where: NonNullable<Cell['where']> })[];

/** The files that a module reaches by its imports, itself among them. */
function reached(start: string): ReadonlySet<string> {
  const found = new Set([start]);
  for (const file of found)
    for (const [, relative] of read(file).matchAll(/from '(\.[^']+)\.js'/g)) {
      const next = `${path.posix.join(path.posix.dirname(file), relative!)}.ts`;
      if (files.includes(next)) found.add(next);
    }
  return found;
}
const reach = new Map<string, ReadonlySet<string>>();
const reaches = (test: string, file: string): boolean => {
  const known = reach.get(test) ?? reached(test);
  reach.set(test, known);
  return known.has(file);
};

describe('docs/rules.md', () => {
  it('has a row for every writing in every rule', () => {
    expect(writings).toHaveLength(11);
    const rules = [...new Set(matrix.map(({ rule }) => rule))];
    expect(rules).toHaveLength(13);
    for (const rule of rules)
      expect(
        matrix.filter((cell) => cell.rule === rule).map(({ writing }) => writing),
        rule,
      ).toEqual(writings);
  });

  it.each(written.map((cell) => [cell.rule, cell.writing, cell] as const))(
    '%s, %s: is where it says',
    (_, __, cell) => {
      const { name, file } = cell.where;
      expect(files).toContain(file);
      expect(has(read(file), name), `${file} has no ${name}`).toBe(true);
      expect(cell.tests.length, 'a test that holds it').toBeGreaterThan(0);
      for (const test of cell.tests) {
        expect(files).toContain(test);
        expect(reaches(test, file), `${test} does not reach ${file}`).toBe(true);
      }
    },
  );

  it.each(matrix.map((cell) => [cell.rule, cell.writing, cell] as const))(
    '%s, %s: has a fault planted, or a reason',
    (_, __, cell) => {
      const { where, planted } = cell;
      if (planted.startsWith('none: ')) return expect(planted.length).toBeGreaterThan(20);
      const [elsewhere] = linksIn(planted);
      const name = planted.replace(/ \(\[.*$/, '');
      if (elsewhere) return expect(read(elsewhere.file), elsewhere.file).toContain(name);
      // A fault in the file, or in another of the same room.
      const room = path.posix.dirname(where!.file);
      const found = mutants.filter((mutant) => mutant.name === name && mutant.file.startsWith(room));
      expect(found.length, `no mutant of ${room} is called "${name}"`).toBeGreaterThan(0);
    },
  );
});

describe('the vocabulary', () => {
  const rows = text
    .split('## One vocabulary')[1]!
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map(cellsOf);
  const [head = [], , ...body] = rows;
  const columns = head.map((cell) => linksIn(cell).map(({ file }) => read(file)));

  it.each(body.map((row) => [row[0]!, row] as const))('%s is called so', (concept, row) => {
    expect(row).toHaveLength(head.length);
    for (const [i, cell] of row.entries())
      for (const [, name] of cell.matchAll(/`([^`]+)`/g))
        if (i > 1)
          expect(
            columns[i]!.some((source) => has(source, name!)),
            `${concept}, ${head[i]}: ${name}`,
          ).toBe(true);
  });
});
