import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ast } from '../../src/language/ast.js';
import { createLog } from '../../src/language/diagnostics.js';
import { parseProgram } from '../../src/language/parse-program.js';
import { printProgram } from '../../src/language/print-program.js';
import { sameAst } from '../../src/language/same-ast.js';
import { arbitraryAst, arbitraryProgramText } from './arbitrary-program.js';
import { accepted, network, programFiles } from './programs.js';

/** Parses without checking names: what the printer promises is about syntax. */
function parse(text: string): Ast {
  const log = createLog();
  const { ast } = parseProgram({ text, undecodable: [] }, log);
  if (log.count() > 0) throw new Error(`${text}\n${JSON.stringify(log.finish(text).diagnostics)}`);
  return ast;
}

const printedPolicy = (policy: string): string =>
  printProgram(accepted(`${network}let web = true;\npolicy ${policy}`).ast)
    .split('policy\n  ')[1]!
    .trimEnd();

describe('printProgram', () => {
  it('prints what parses back to the same AST', () => {
    fc.assert(
      fc.property(arbitraryAst, (ast) => {
        expect(sameAst(parse(printProgram(ast)), ast)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('prints generated programs so, and printing again changes nothing', () => {
    fc.assert(
      fc.property(arbitraryProgramText, (text) => {
        const ast = parse(text);
        const printed = printProgram(ast);
        expect(sameAst(parse(printed), ast)).toBe(true);
        expect(printProgram(parse(printed))).toBe(printed);
      }),
    );
  });

  it.each(programFiles)('prints %s so', (file) => {
    const log = createLog();
    const { ast } = parseProgram({ text: readFileSync(file, 'utf8'), undecodable: [] }, log);
    if (log.count() === 0) expect(sameAst(parse(printProgram(ast)), ast)).toBe(true);
  });

  it.each([
    ['((pt=1))', 'pt=1'],
    ['(pt=1 & sw=1) & web', 'pt=1 & sw=1 & web'],
    ['(pt=1 | sw=1) & web', '(pt=1 | sw=1) & web'],
    ['!(pt=1 | sw=1)', '!(pt=1 | sw=1)'],
    ['pt=1 & web*', '(pt=1 & web)*'],
    ['(pt=1; pt<-2)*; drop', '(pt=1; pt<-2)*; false'],
    ['(1:1)→(4:1)→⟨state←[1]⟩', '(1:1)->(4:1)-><state<-[1]>'],
    ['port=1 ∧ ¬dst≠H1', 'pt=1 & !ip_dst!=H1'],
    ['pt=1; (pt=2; pt=3) + (pt=1 + pt=2)', 'pt=1; pt=2; pt=3\n+ pt=1\n+ pt=2'],
  ])('prints %s as %s', (policy, printed) => {
    expect(printedPolicy(policy)).toBe(printed);
  });

  it('puts a body with a sequence in parentheses', () => {
    const { ast } = accepted(`${network}let a = (pt=1; pt<-2);\nlet b = pt=1 | pt=2;\npolicy a + b`);
    expect(printProgram(ast)).toContain('let a = (pt=1; pt<-2);\nlet b = pt=1 | pt=2;\npolicy\n  a\n+ b\n');
  });

  it('wraps at about 100 columns', () => {
    const long = Array.from({ length: 40 }, (_, i) => `pt=${i}; (pt<-1 + pt<-2; pt=3)`).join('; ');
    const printed = printProgram(
      accepted(`${network}let x = (${long});\npolicy ${long} + (${long} + x)*; (${long} + id)`).ast,
    );
    expect(Math.max(...printed.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
  });
});

describe('sameAst', () => {
  it('sees differences', () => {
    const of = (policy: string): Ast => accepted(`${network}policy ${policy}`).ast;
    expect(sameAst(of('pt=1;pt=2'), of('pt=1 ;\n pt=2'))).toBe(true);
    expect(sameAst(of('pt=1;pt=2'), of('pt=1; pt=3'))).toBe(false);
    expect(sameAst(of('pt=1;pt=2'), of('pt=1 & pt=2'))).toBe(false);
    expect(sameAst(of('pt=1;pt=2'), of('pt=1; pt=2; true'))).toBe(false);
    expect(sameAst(of('(1:1)->(4:1)'), of('(1:1)->(4:1)-><state<-[1]>'))).toBe(false);
    const ordered = (text: string): Ast => parse(`state [0, 0];\n${text}\npolicy true`);
    expect(sameAst(ordered('ordered state(0),state( 1 );'), ordered('ordered state(0), state(1);'))).toBe(true);
    expect(sameAst(ordered('ordered state(0);'), ordered('ordered state(1);'))).toBe(false);
    expect(sameAst(ordered('ordered state(0);'), ordered('ordered state(0), state(1);'))).toBe(false);
    expect(sameAst(ordered('ordered state(0);'), ordered(''))).toBe(false);
  });
});
