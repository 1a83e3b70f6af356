import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../src');
const rules = ['IN', 'SW', 'LINK', 'OUT', 'CTRLRECV', 'CTRLSEND'];

/**
 * The lines at which a text switches over steps with a `default:`, which would hide that a step kind has been added.
 */
function defaultsOverSteps(text: string): number[] {
  const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true);
  const found: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isSwitchStatement(node)) {
      const { clauses } = node.caseBlock;
      const named = clauses.some(
        (clause) =>
          ts.isCaseClause(clause) && ts.isStringLiteral(clause.expression) && rules.includes(clause.expression.text),
      );
      if (named && clauses.some(ts.isDefaultClause))
        found.push(source.getLineAndCharacterOfPosition(node.getStart()).line + 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it('is seen where there is one', () =>
  expect(defaultsOverSteps("f();\nswitch (step.rule) { case 'OUT': return 1; default: return 0; }")).toEqual([2]));

it('no default over steps: list the rules, so that a new one does not compile until somebody has thought of it', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(300);
  expect(
    files.flatMap((file) =>
      defaultsOverSteps(readFileSync(path.join(root, file), 'utf8')).map((line) => `src/${file}:${line}`),
    ),
  ).toEqual([]);
});
