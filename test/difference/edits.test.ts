import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import type { ShownHop } from '../../src/difference/shown.js';
import { printProgram } from '../../src/language/print-program.js';
import { diff } from '../../src/verbs/diff.js';
import { type Accepted, load } from '../../src/verbs/load.js';
import { firstDifference, treeIn } from './brute-force.js';
import { edited } from './edits.js';
import { generator } from './generator.js';

const root = path.resolve(import.meta.dirname, '../..');
const inFolder = (folder: string) =>
  readdirSync(path.join(root, folder))
    .filter((file) => file.endsWith('.snk') && !/^ring-[4-8]/.test(file))
    .map((file) => ({ file: `${folder}/${file}`, source: readFileSync(path.join(root, folder, file), 'utf8') }));

/** Independent blocks of the state, whose labels are at one place; and a declared domain. */
const blocks = {
  file: 'blocks.snk',
  source: `host S @ 2:1; ${[1, 2, 3].map((i) => `host H${i} @ 1:${i};`).join(' ')} link 1:9 <-> 2:9;
    field tcp_dst in {22, 80, 443}; state [0, 0, 0];
    policy ${[1, 2, 3]
      .map(
        (i) => `sw=1 & pt=${i} & ip_dst=S & ip_src=H${i} & tcp_dst!=22; pt<-9;
          (state(${i - 1})=0; (1:9)->(2:9)-><state(${i - 1})<-1> + state(${i - 1})=1; (1:9)->(2:9)); pt<-1
        + sw=2 & pt=1 & ip_dst=H${i}; state(${i - 1})=1; pt<-9; (2:9)->(1:9); pt<-${i}`,
      )
      .join(' + ')}`,
};

const models = [
  ...inFolder('models'),
  ...inFolder('test/conformance/programs'),
  ...inFolder('test/order'),
  blocks,
].flatMap(({ file, source }) => {
  const loaded = load(source, file);
  return loaded.ok ? [{ file, source, loaded }] : [];
});

/** How many edits are tried, and from which number on: `EDITS=200 EDITS_SEED=7` tries others. */
const edits = Number(process.env['EDITS'] ?? 60);
const seed = Number(process.env['EDITS_SEED'] ?? 1);

/** A tree of a document, as `treeIn` writes it. */
const textOf = ({ kind, at, headers, next }: ShownHop): string =>
  `(${kind} ${at} ${JSON.stringify(headers)} ${next.map(textOf).sort().join(' ')})`;

describe('single edits of models', () => {
  it('are found, nearest first, or make no difference for any packet after up to 6 events', {
    timeout: 600_000,
  }, () => {
    const choose = generator(seed);
    const tally = { different: 0, same: 0, rejected: 0 };
    while (tally.different + tally.same < edits) {
      const { file, loaded } = models[choose(models.length)]!;
      const { ast, what } = edited(loaded.reading.ast, choose);
      const source = printProgram(ast);
      const after = load(source, 'edited.snk');
      if (!after.ok) {
        tally.rejected++;
        continue;
      }
      const context = `${file}: ${what}`;
      const { comparison } = diff({ file, source: loaded.reading.text }, { file: 'edited.snk', source });
      const expected = firstDifference(loaded, after, 6);
      const [first] = comparison.differences!;
      if (expected === undefined) {
        if (first) expect('path' in first && first.path.length > 6, context).toBe(true);
        tally.same++;
        continue;
      }
      tally.different++;
      expect(comparison.status, context).toBe('different');
      expect(first && 'path' in first ? first.path.length : -1, context).toBe(expected);
      if (first?.kind === 'tree') {
        const sides: readonly ['old' | 'new', Accepted][] = [
          ['old', loaded],
          ['new', after],
        ];
        const [old, now] = sides.map(([which, one]) => {
          const tree = treeIn(one, first.states[which], first.host, first.headers);
          expect(textOf(first.trees[which]), context).toBe(tree);
          return tree;
        });
        expect(old, context).not.toBe(now);
      }
    }
    expect(tally.different).toBeGreaterThan(edits / 3);
    expect(tally.same).toBeGreaterThan(0);
  });

  it.each(models)('$file is the same as itself, formatted', ({ file, source, loaded }) => {
    const formatted = printProgram(loaded.reading.ast);
    expect(diff({ file, source }, { file, source: formatted })).toMatchObject({
      comparison: { status: 'same', more: 0 },
    });
    expect(diff({ file, source: formatted }, { file, source })).toMatchObject({
      comparison: { status: 'same', differences: [] },
    });
  });
});
