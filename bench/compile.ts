/**
 * What compiling costs: `npx tsx bench/compile.ts`. From the text to tables, in one process, the parts apart, in CPU time: reading; analysis (the
 * transition system, the event structure and their conditions); compilation to tables. The paper has 13, 15 and 17 ms for
 * the case studies (§5.1), for its compiler on its machine.
 */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fatTree } from '../scripts/fat-tree.mjs';
import { ring } from '../scripts/ring.mjs';
import { root } from '../scripts/set-up.mjs';
import { defaultLimits } from '../src/base/limits.js';
import { countRules, tablesOf } from '../src/compiler/artefact.js';
import { compile } from '../src/compiler/compile.js';
import { analyse } from '../src/events/analysis.js';
import { readProgram } from '../src/language/read-program.js';
import { printTable } from './table.js';

interface Cost {
  readonly read_ms: number;
  readonly analyse_ms: number;
  readonly compile_ms: number;
  readonly rules: number;
}

const total_ms = ({ read_ms, analyse_ms, compile_ms }: Cost): number => read_ms + analyse_ms + compile_ms;

/** User and system time so far: unlike the clock, it does not tell how busy the machine is with others. */
function cpu_ms(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** @throws if the program is rejected */
function compileOnce(text: string, name: string): Cost {
  const began = cpu_ms();
  const reading = readProgram(text, name);
  if (!reading.ok) throw new Error(`${name}: ${reading.diagnostics[0]?.message}`);
  const { program } = reading;
  const read = cpu_ms();
  const { system, structure, broken } = analyse(program, 12, defaultLimits);
  if (!structure || broken) throw new Error(`${name} is rejected`);
  const analysed = cpu_ms();
  const compiled = compile({ program, system, structure, limits: defaultLimits });
  tablesOf(compiled, { file: name, sha256: '' });
  const compile_ms = cpu_ms() - analysed;
  return { read_ms: read - began, analyse_ms: analysed - read, compile_ms, rules: countRules(compiled).total };
}

/** The run of median total among so many, after one that is not counted: the first pays for the machine to warm up. */
function measured(text: string, name: string, runs: number): { readonly first: Cost; readonly median: Cost } {
  const first = compileOnce(text, name);
  const costs = Array.from({ length: runs }, () => compileOnce(text, name)).sort((a, b) => total_ms(a) - total_ms(b));
  return { first, median: costs[(runs - 1) / 2] ?? first };
}

const ms = (n: number): string => n.toFixed(n < 10 ? 1 : 0);

function printRows(title: string, rows: readonly { name: string; text: string; runs: number }[]): void {
  const cells = rows.map(({ name, text, runs }) => {
    const { first, median } = measured(text, name, runs);
    const parts = [median.read_ms, median.analyse_ms, median.compile_ms, total_ms(median), total_ms(first)];
    return [name, String(median.rules), ...parts.map(ms)];
  });
  printTable(title, ['program', 'entries', 'read ms', 'analyse ms', 'compile ms', 'total ms', 'first run ms'], cells);
}

console.log(`Node.js ${process.version}, ${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown processor'}`);
const model = (name: string) => ({ name, text: readFileSync(path.join(root, `models/${name}.snk`), 'utf8'), runs: 15 });
printRows(
  'Case studies (paper: 13, 15, 17 ms), median of 15',
  ['firewall', 'learning-switch', 'port-knocking'].map(model),
);
printRows(
  'Rings (paper §5.2), median of 5',
  [2, 4, 8, 16, 32, 64].map((d) => ({ name: `ring ${d}`, text: ring(d), runs: 5 })),
);
printRows(
  'Fat trees with a stateful firewall at the edge, median of 3; k = 16 once',
  [4, 8, 16].map((k) => ({ name: `fat tree ${k}`, text: fatTree(k), runs: k < 16 ? 3 : 0 })),
);
