import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { programOf } from '../../src/cli/program-of.js';
import type { ExecutionDocument } from '../../src/workbench.js';

const folder = mkdtempSync(path.join(tmpdir(), 'snk-verify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(path.join(folder, 'a'));
mkdirSync(path.join(folder, 'b'));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const write = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};

/** What is found for a document in folder `b`, as text, or why nothing is. */
function found(program: ExecutionDocument['program'], given?: string): readonly (string | undefined)[] {
  const document = { program, options: { semantics: 'tagged', controller: true } } as ExecutionDocument;
  const result = programOf(document, path.join(folder, 'b'), given);
  return 'problem' in result ? [result.problem] : [Buffer.from(result.bytes).toString(), result.note];
}

describe('the program of a document', () => {
  const here = write('a/p.snk', 'here');
  write('b/p.snk', 'beside');

  it('is the file that it names, here, or else beside it', () => {
    expect(found({ file: here })).toEqual(['here', undefined]);
    expect(found({ file: 'p.snk' })).toEqual(['beside', undefined]);
  });

  it('has the sha256 that the document states, or is refused', () => {
    expect(found({ file: 'p.snk', sha256: sha256('beside') })).toEqual(['beside', undefined]);
    expect(found({ file: 'p.snk', sha256: sha256('other') })[0]).toMatch(/is not the text that it was made from/);
    // Of two of that name, the one with the right text.
    write('b/package.json', '{}');
    expect(found({ file: 'package.json', sha256: sha256('{}') })).toEqual(['{}', undefined]);
  });

  it('is the text that the document has, where that is the right one', () => {
    const text = 'in the document';
    expect(found({ file: 'gone.snk', sha256: sha256(text), text })).toEqual([text, undefined]);
    expect(found({ file: 'gone.snk', sha256: sha256('other'), text })[0]).toMatch(/neither here nor beside it/);
    expect(found({ file: 'gone.snk', text })[0]).toMatch(/neither here nor beside it/);
    // A file that has changed since is told of: what is judged is not what stands there.
    expect(found({ file: here, sha256: sha256(text), text })).toEqual([
      text,
      expect.stringMatching(/has changed since/),
    ]);
  });

  it('is what the command line says, with a note if that is another text', () => {
    expect(found({ file: 'gone.snk' }, here)).toEqual(['here', undefined]);
    expect(found({ sha256: sha256('other') }, here)).toEqual(['here', expect.stringMatching(/its sha256 differs/)]);
    expect(found({}, path.join(folder, 'none.snk'))[0]).toMatch(/there is no such file/);
    expect(found({})[0]).toMatch(/--program FILE/);
  });

  it('is never named with characters that steer a terminal', () => {
    expect(found({ file: '\u001b[31mred' })[0]).toContain('\\u{1b}');
  });
});
