import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCommandLine, type Outcome, snkVerify } from '../end-to-end/command-line.js';
import { cloneFolder, runInShell } from '../end-to-end/shell.js';

const verbs =
  'check compile prove diff reach trace merge report validate convert explore replay conform up export'.split(' ');

const { folder, remove } = cloneFolder();
afterAll(remove);

/** What the examples work on, as a reader has it from other commands. */
const preparation = `
  snk-verify models/firewall.snk --engine explore --json > part-1.json
  snk-verify models/nat.snk --engine explore --json > part-2.json
  cp part-1.json tagged.json
  snk-verify models/firewall.snk --semantics best-effort --json > best-effort.json
  cp best-effort.json result.json`;

const help = async (verb: string): Promise<string> => (await snkVerify([verb, '--help'], { cwd: folder })).stdout;

/** The examples at the end of a help. */
function examplesOf(shown: string): readonly string[] {
  const [, end = ''] = shown.split('\nExamples:\n');
  const lines = end.trimEnd().split('\n');
  return lines.filter((line) => line.startsWith('  $ ')).map((line) => line.slice('  $ '.length));
}

beforeAll(async () => {
  buildCommandLine();
  expect(await runInShell(preparation, { folder })).toEqual({ output: '', status: 0 });
});

it('lists the verbs that are tested here', async () => {
  const { stdout } = (await snkVerify(['--help'], { cwd: folder })) as Outcome;
  const [, commands = ''] = /\nCommands:\n([\s\S]*?)\n\n/.exec(stdout) ?? [];
  const named = [...commands.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name!);
  expect(named.filter((name) => name !== 'help')).toEqual(verbs);
});

describe.each(verbs)('snk-verify %s --help', (verb) => {
  it('ends with two examples that work', async () => {
    const shown = await help(verb);
    expect(shown).toMatch(/\nExamples:\n( {2}# .+\n {2}\$ snk-verify .+\n){2}$/);
    const examples = examplesOf(shown);
    expect(examples).toHaveLength(2);
    for (const example of examples) {
      expect(example.split(' ')[1]).toBe(verb);
      if (verb === 'up') expect(await named(example)).toEqual([]);
      else if (verb === 'explore') {
        const { output, status } = await runInShell(example, {
          folder,
          until: (heard) => heard.endsWith('ends it.\n'),
        });
        expect(output).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\nCtrl-C ends it\.\n$/);
        expect(status).toBe(0);
      } else {
        const { output, status } = await runInShell(example, { folder });
        expect([0, 1], `${example}\n${output}`).toContain(status);
        expect(output).not.toMatch(/^(snk-verify|error): /m);
      }
    }
  });
});

/** The options of an example that `up` does not know: it needs root and real switches (test/end-to-end/up.test.ts). */
async function named(example: string): Promise<readonly string[]> {
  const known = await help('up');
  return example.split(' ').filter((word) => word.startsWith('--') && !known.includes(`${word} `));
}
