/**
 * Programs as people write them, growing: `npx tsx bench/scale.ts [--before REVISION|none] [--limit SECONDS]
 * [--only ROW,…] [--svg reports/figures/scale.svg]`. Each size is checked, with all defaults, in a process of its own,
 * by the tool as it was at a revision and as it is in the working tree, sizes rising until a side meets the limit of
 * CPU time; with `--before none` by the working tree alone. Prints what it cost, beside the goals, the fitted exponents
 * and where they hold. The measurements are written beside the figure, as JSON; `npx tsx bench/draw.ts` draws it again.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { cli_entry, root, runScript, setUp } from '../scripts/set-up.mjs';
import { writeFigure } from './kept-figures.js';
import { beside, type Cell, measureCell, measureRow } from './scale/cells.js';
import { drawScale, lawHeadings, laws, type Scale } from './scale/figure.js';
import { buildRevision, commitOf } from './scale/revision.js';
import { rows } from './scale/rows.js';
import { printTable } from './table.js';

/** The last revision before programs of this size were worked on. */
const origin = '6a95400';

const { values: asked } = parseArgs({
  options: {
    before: { type: 'string', default: origin },
    limit: { type: 'string', default: '120' },
    only: { type: 'string' },
    svg: { type: 'string' },
  },
});

/** What a cell costs: time, memory and verdict, or that its limit was met. */
const shown = (cell: Cell | undefined, limit_s: number): string[] => {
  if (!cell) return ['', '', ''];
  if ('stopped' in cell) return [cell.stopped === 'limit' ? `> ${limit_s}` : '', '', cell.stopped];
  return [cell.cpu_s.toFixed(1), String(cell.peak_rss_mb), cell.verdict];
};

/** A wrong command line is told, without a stack trace. */
const main = async (): Promise<void> => {
  const limit_s = Number(asked.limit);
  if (!Number.isSafeInteger(limit_s) || limit_s < 1) throw new RangeError(`--limit takes seconds, not ${asked.limit}`);
  const names = asked.only?.split(',');
  const chosen = rows.filter(({ name }) => names?.includes(name) ?? true);
  if (chosen.length === 0) throw new RangeError(`--only takes ${rows.map(({ name }) => name).join(', ')}`);
  const isAlone = asked.before === 'none';
  const before = isAlone ? 'none' : commitOf(asked.before);
  await setUp({ bundle: true });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'snk-scale-'));
  try {
    const old = path.join(folder, 'before');
    const sides = {
      before: { folder: old, entry: isAlone ? '' : buildRevision(before, old), limit_s },
      after: { folder: root, entry: cli_entry, limit_s },
    };
    console.log(`Node.js ${process.version}, ${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown processor'}`);
    console.log(
      `Before is ${isAlone ? 'not asked for' : `revision ${before}`}, after the working tree; CPU time in seconds, peak memory in MB.`,
    );
    const scale: Scale = {
      command: `npx tsx bench/scale.ts ${process.argv.slice(2).join(' ')}`.trim(),
      before,
      limit_s,
      rows: chosen.map((row) => {
        const points = measureRow(row, (program, side) =>
          side === 'before' && isAlone ? undefined : measureCell(program, folder, sides[side]),
        );
        printTable(
          row.name,
          [
            row.name,
            'before: CPU',
            'memory',
            'verdict',
            'after: CPU',
            'memory',
            'verdict',
            'goal',
            'states',
            'entries',
          ],
          points.map(({ size, before, after }) => {
            const counts = after && !('stopped' in after) ? [after.states, after.entries].map(String) : ['', ''];
            return [
              String(size),
              ...shown(before, limit_s),
              ...shown(after, limit_s),
              beside(row.goals[size], after),
              ...counts,
            ];
          }),
        );
        return { name: row.name, axis: row.axis, xs: points.map(({ size }) => row.x(size)), points };
      }),
    };
    printTable('Fitted exponents, and where they hold', lawHeadings, scale.rows.flatMap(laws));
    if (asked.svg !== undefined) writeFigure(asked.svg, scale, drawScale);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

await runScript(() =>
  main().catch((error: unknown) => {
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }),
);
