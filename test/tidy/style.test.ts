import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** What biome cannot say: comments as wide as code, functions that fit a screen or two, few parameters. */
const limits = { width: 120, lines: 100, parameters: 5 } as const;

const root = path.resolve(import.meta.dirname, '../..');

interface Fault {
  readonly rule: keyof typeof limits;
  readonly line: number;
  readonly message: string;
}

/** Everything that a file does against the limits; `isSource` says that it is part of the product. */
function faultsOf(text: string, isSource: boolean): Fault[] {
  const file = ts.createSourceFile('any.ts', text, ts.ScriptTarget.Latest, true);
  const lineOf = (position: number): number => file.getLineAndCharacterOfPosition(position).line;
  const faults: Fault[] = [];

  const lines = text.split('\n');
  for (const comment of commentsOf(file, text)) {
    for (let line = lineOf(comment.pos); line <= lineOf(comment.end); line++) {
      const width = [...lines[line]!].length;
      if (width <= limits.width) continue;
      const message = `the comment is ${width} wide: break it before column ${limits.width + 1}`;
      faults.push({ rule: 'width', line: line + 1, message });
    }
  }

  const visit = (node: ts.Node): void => {
    if (isSource && ts.isFunctionLike(node) && 'body' in node && node.body) {
      const first = lineOf(node.getStart());
      const length = lineOf(node.end) - first + 1;
      const name = nameOf(node);
      if (length > limits.lines)
        faults.push({
          rule: 'lines',
          line: first + 1,
          message: `${name} has ${length} lines: give its parts names, as functions of at most ${limits.lines} lines`,
        });
      if (node.parameters.length > limits.parameters)
        faults.push({
          rule: 'parameters',
          line: first + 1,
          message: `${name} has ${node.parameters.length} parameters: put those that go together into a record`,
        });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return faults;
}

const nameOf = (node: ts.SignatureDeclaration): string => {
  const { parent } = node;
  const named =
    node.name ?? (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name : undefined);
  return named ? `\`${named.getText()}\`` : 'a function';
};

/** Comments by the compiler's own trivia, so that what looks like one in a string is none. */
function commentsOf(file: ts.SourceFile, text: string): ts.CommentRange[] {
  const found = new Map<number, ts.CommentRange>();
  const visit = (node: ts.Node): void => {
    const ranges = [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.end) ?? []),
    ];
    for (const range of ranges) found.set(range.pos, range);
    for (const child of node.getChildren(file)) visit(child);
  };
  visit(file);
  return [...found.values()];
}

const files = execFileSync('git', ['ls-files', 'src', 'test', 'bench', 'scripts'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((name) => /\.(ts|mjs)$/.test(name));

it('every file keeps to the style', () => {
  const faults = files.flatMap((name) =>
    faultsOf(readFileSync(path.join(root, name), 'utf8'), name.startsWith('src/')).map(
      ({ line, message }) => `${name}:${line}: ${message}`,
    ),
  );
  expect(faults, faults.join('\n')).toEqual([]);
});

describe('the style is seen to be broken by', () => {
  const rulesOf = (text: string): string[] => faultsOf(text, true).map(({ rule }) => rule);
  const long = 'so '.repeat(40);

  it('a wide comment, whichever kind it is, and not by a wide string', () => {
    expect(rulesOf(`/** ${long} */\nconst a = 1; // ${long}\n`)).toEqual(['width', 'width']);
    expect(rulesOf(`/**\n * ${long}\n */\nconst a = 1;\n`)).toEqual(['width']);
    expect(rulesOf(`const a = '// ${long}';\n`)).toEqual([]);
  });

  it('a long function, and not by one of just so many lines', () => {
    const lines = (n: number) => `const f = () => {\n${'  g();\n'.repeat(n - 2)}};\n`;
    expect(rulesOf(lines(100))).toEqual([]);
    expect(rulesOf(lines(101))).toEqual(['lines']);
  });

  it('a sixth parameter', () => {
    expect(rulesOf('function f(a, b, c, d, e) {}\n')).toEqual([]);
    expect(rulesOf('function f(a, b, c, d, e, f) {}\n')).toEqual(['parameters']);
  });
});
