import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../conformance/expectation.js';
import { buildCommandLine, entry } from '../end-to-end/command-line.js';

const top = mkdtempSync(path.join(tmpdir(), 'snk-nested-'));
beforeAll(() => buildCommandLine());
afterAll(() => rmSync(top, { recursive: true }));

const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
/** Where deep values stand: as the whole, in each part that is read, and in one that nobody reads. */
const documents = {
  whole: nested,
  steps: `{"steps":${nested}}`,
  checks: `{"tool":{"name":"snk-verify","version":"1"},"program":{"file":"a","sha256":"b"},"rejected":null,"warnings":[],"options":{"semantics":"tagged","packets":1,"controller":true},"checks":{"lemma3":${nested}}}`,
  result: `{"tool":{"name":"snk-verify","version":"1"},"program":${nested},"rejected":null,"warnings":[],"checks":{}}`,
  tables: `{"format":"snk-verify/tables","version":1,"widths":${nested},"fields":${nested},"events":${nested}}`,
};

const verbs: readonly (readonly [string, (file: string) => readonly string[]])[] = [
  ['validate', (file) => ['validate', file]],
  ['report', (file) => ['report', file, '-o', path.join(top, 'page')]],
  ['convert', (file) => ['convert', file, '--to', 'mermaid']],
  ['replay', (file) => ['replay', file, '--driver', 'embedded']],
  ['--tables', (file) => ['models/firewall.snk', '--tables', file]],
  ['merge', (file) => ['merge', file]],
];

it.each(verbs)('%s says what is wrong with JSON that is nested 20,000 deep', (_, argsFor) => {
  for (const [name, text] of Object.entries(documents)) {
    const file = path.join(top, `${name}.json`);
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...argsFor(file)], {
      cwd: root,
      encoding: 'utf8',
    });
    expect({ name, status, stdout }).toEqual({ name, status: 2, stdout: '' });
    expect(stderr).toContain(file);
    expect(stderr.length).toBeLessThan(2_000);
  }
});
