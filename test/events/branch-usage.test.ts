import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { printProgram } from '../../src/language/print-program.js';
import { type Accepted, load } from '../../src/verbs/load.js';
import { check } from '../../src/workbench.js';
import { packetsOf, treeIn } from '../difference/brute-force.js';
import { edited } from '../difference/edits.js';
import { generator } from '../difference/generator.js';

const root = path.resolve(import.meta.dirname, '../..');
const models = readdirSync(path.join(root, 'models'))
  .filter((file) => file.endsWith('.snk') && !/^ring-[4-8]/.test(file))
  .flatMap((file) => {
    const loaded = load(readFileSync(path.join(root, 'models', file), 'utf8'), file);
    return loaded.ok ? [{ file, loaded }] : [];
  });

/** How many edits are tried, and from which number on: `EDITS=300 EDITS_SEED=7` tries others. */
const edits = Number(process.env['EDITS'] ?? 25);
const seed = Number(process.env['EDITS_SEED'] ?? 3);

/** The branches that are said to be unused, with those in them. */
function unusedIn({ program, analysis }: Accepted): ReadonlySet<number> {
  const unused = new Set(analysis.configurations.unusedBranches);
  for (const [branch, { parent }] of program.branches.all.entries())
    if (parent !== undefined && unused.has(parent)) unused.add(branch);
  return unused;
}

/** Whether parentheses close within a text: a span begins behind the parentheses of what is first in it. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    depth += Number(character === '(') - Number(character === ')');
    if (depth < 0) return false;
  }
  return depth === 0;
}

/**
 * Whether packets run a branch, found otherwise: a mark is put on the packets that come to it, and shows where they go
 * on, in some state for some packet. Undefined if the branch cannot be marked.
 */
function isMarked(program: Accepted, { start, end }: { readonly start: number; readonly end: number }) {
  const { text } = program.reading;
  if (!isBalanced(text.slice(start, end))) return undefined;
  const marked = load(
    `${text.slice(0, start)}(udp_src<-7; (${text.slice(start, end)}))${text.slice(end)}`,
    'marked.snk',
  );
  if (!marked.ok) return undefined;
  const packets = packetsOf([program, marked]);
  return program.system.states.some((state) =>
    program.program.topology.hosts.some(({ name }) =>
      packets.some((packet) => treeIn(program, state, name, packet) !== treeIn(marked, state, name, packet)),
    ),
  );
}

describe('branches that no packet can run', () => {
  it('are those in which a mark never shows', { timeout: 600_000 }, () => {
    const choose = generator(seed);
    const tally = { unused: 0, run: 0 };
    for (let tried = 0; tried < edits; ) {
      const { file, loaded } = models[choose(models.length)]!;
      const { ast, what } = edited(loaded.reading.ast, choose);
      const program = load(printProgram(ast), `${file}: ${what}`);
      if (!program.ok) continue;
      tried++;
      const unused = unusedIn(program);
      for (const [branch, { span, mayDoNothing }] of program.program.branches.all.entries()) {
        const isRun = isMarked(program, span);
        if (isRun === undefined || mayDoNothing) continue;
        expect({ branch, text: program.reading.text.slice(span.start, span.end), isRun }, program.origin.file).toEqual({
          branch,
          text: program.reading.text.slice(span.start, span.end),
          isRun: !unused.has(branch),
        });
        tally[isRun ? 'run' : 'unused']++;
      }
    }
    expect(tally.unused).toBeGreaterThan(2);
    expect(tally.run).toBeGreaterThan(50);
  });
});

/** The warnings on a program of two switches. */
async function warningsOn(policy: string, declarations = ''): Promise<readonly string[]> {
  const source = `host A @ 1:2; host B @ 2:2; link 1:1 <-> 2:1; state [0]; ${declarations}\npolicy\n  ${policy}\n`;
  const { result } = await check(source, 'a.snk', { engine: 'explore', packets: 0 });
  expect(result.rejected).toBeNull();
  return result.warnings;
}

const forth = 'sw=1 & pt=2 & dst=B; pt<-1; (state=[0]; (1:1)->(2:1)-><state<-[1]> + state!=[0]; (1:1)->(2:1)); pt<-2';

describe('a warning', () => {
  it.each([
    ['sw=2 & pt=2 & state=[2]; pt<-1; (2:1)->(1:1); pt<-2', ', since no event leads to a state [2]'],
    ['sw=2 & pt=7; pt<-1; (2:1)->(1:1); pt<-2', ', since nothing arrives at 2:7'],
    ['sw=1 & sw=2; pt<-1; (2:1)->(1:1); pt<-2', ''],
    ['sw=2 & pt=2; (tcp_dst=1; tcp_dst=2; pt<-1; (2:1)->(1:1) + pt<-1; (2:1)->(1:1)); pt<-2', ''],
  ])('names the place of %s, and the reason where it is plain', async (branch, reason) => {
    const [warning, ...more] = await warningsOn(`${forth}\n+ ${branch}`);
    expect(more).toEqual([]);
    const column = branch.includes('tcp_dst') ? 3 + branch.indexOf('tcp_dst') : 3;
    expect(warning).toContain(`no packet can run this branch (line 4, column ${column})${reason}: `);
  });

  it.each([
    ['a branch that is to drop', `${forth} + sw=2 & pt=2 & tcp_dst=1; drop`],
    ['a branch that is there twice', `${forth} + sw=2; pt=2 + sw=2; pt=2`],
    ['a loop that nothing goes round', `${forth} + sw=2 & pt=2; (tcp_dst=1; (2:1)->(1:1))*; pt<-2`],
    ['a branch that only the second event allows', `${forth} + sw=2 & pt=2 & state=[1]; pt<-1; (2:1)->(1:1); pt<-2`],
  ])('is not there for %s', async (_, policy) => expect(await warningsOn(policy)).toEqual([]));

  it('is one for a let that is used twice, and none if it is run anywhere', async () => {
    const declarations = 'let both = (tcp_dst=1; tcp_dst=1 + tcp_dst=2; tcp_dst=3);';
    const policy = `${forth} + sw=2 & pt=2; both; pt<-1; (2:1)->(1:1); pt<-2 + sw=2 & pt=2; both; pt<-2`;
    const warnings = await warningsOn(policy, declarations);
    expect(warnings).toEqual([
      expect.stringMatching(/^no packet can run this branch \(line 1, .*: tcp_dst=2; tcp_dst=3$/),
    ]);
  });

  it('names a definition that nothing uses', async () => {
    const warnings = await warningsOn(forth, 'let web = tcp_dst=80; let all = web | tcp_dst=443; let used = dst=B;');
    expect(warnings.map((one) => one.replace(/ \(.*/, ''))).toEqual([
      'nothing uses the definition of web',
      'nothing uses the definition of all',
      'nothing uses the definition of used',
    ]);
  });
});

describe('states between which there is no difference', () => {
  const twice = (last: string) =>
    `sw=1 & pt=2; pt<-1; (state=[0] & tcp_dst=1; (1:1)->(2:1)-><state<-[1]> + state=[0] & tcp_dst=2; (1:1)->(2:1)-><state<-[2]>
       + (1:1)->(2:1)); pt<-2 + sw=2 & pt=2 & ${last}; pt<-1; (2:1)->(1:1); pt<-2`;

  it('are told', async () => {
    expect(await warningsOn(twice('(state=[1] | state=[2])'))).toEqual([
      'states [1] and [2] make no difference: packets go the same ways in both, and the same events can follow',
    ]);
  });

  it('unless packets tell them apart', async () => expect(await warningsOn(twice('state=[1]'))).toEqual([]));

  it('unless other events can follow', async () => {
    const chain = `sw=1 & pt=2; pt<-1; (state=[0]; (1:1)->(2:1)-><state<-[1]> + state=[1]; (1:1)->(2:1)-><state<-[2]> + (1:1)->(2:1)); pt<-2`;
    expect(await warningsOn(chain)).toEqual([]);
  });
});
