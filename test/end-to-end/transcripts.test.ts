import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCommandLine, snkVerify, workFolder } from './command-line.js';
import { parseTranscript, showOutcome, withOutputs } from './transcript.js';

/**
 * `UPDATE_TRANSCRIPTS=1 npx vitest run test/end-to-end/transcripts` writes what is printed into the transcripts. Read
 * it!
 */
const isUpdate = Boolean(process.env['UPDATE_TRANSCRIPTS']);

const folder = path.join(import.meta.dirname, 'transcripts');
const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
const work = workFolder();

beforeAll(() => {
  if (isUpdate && process.env['CI']) throw new Error('CI compares transcripts; it does not write them');
  buildCommandLine();
});
afterAll(work.remove);

describe.each(names)('%s', (name) => {
  const file = path.join(folder, name);
  const markdown = readFileSync(file, 'utf8');
  const transcript = parseTranscript(markdown, isUpdate);
  const outputs: string[] = [];

  beforeAll(() => {
    for (const { name, text } of transcript.files) writeFileSync(path.join(work.folder, name), text);
  });

  for (const { line, text, args, output } of transcript.commands)
    it(`line ${line}: ${text}`, async () => {
      const shown = showOutcome(await snkVerify(args, { cwd: work.folder }));
      outputs.push(shown);
      if (isUpdate) return;
      expect(shown, `as in a folder with models/ and ${name}'s own programs: snk-verify ${text}`).toBe(output);
    });

  if (isUpdate) afterAll(() => writeFileSync(file, withOutputs(markdown, transcript, outputs)));
});

describe('the transcripts', () => {
  it('are all there, and full', () => {
    const commands = names.flatMap((name) => parseTranscript(readFileSync(path.join(folder, name), 'utf8')).commands);
    expect(names.length).toBeGreaterThanOrEqual(6);
    expect(commands.length).toBeGreaterThanOrEqual(50);
    expect(readdirSync(folder)).toEqual(names);
  });
});
