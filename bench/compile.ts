/**
 * What compiling costs: `npx tsx bench/compile.ts`. From the text to tables, in one process, the parts apart, in CPU time: reading; analysis (the
 * transition system, the event structure and their conditions); compilation to tables. All are multiples of what the firewall takes in all,
 * in the same run. The paper has 13, 15 and 17 ms for the case studies (§5.1), for its compiler on its machine: 1, 1.15 and 1.31 times
 * its firewall.
 */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fatTree } from '../scripts/fat-tree.mjs';
import { ring } from '../scripts/ring.mjs';
import { root } from '../scripts/set-up.mjs';
import { countRules } from '../src/compiler/artefact.js';
import { accepted, analysed, compiled, orThrow, read } from '../src/verbs/load.js';
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
  const source = orThrow(read(text, name));
  const read_ms = cpu_ms() - began;
  const program = orThrow(accepted(orThrow(analysed(source, {})), {}));
  const analyse_ms = cpu_ms() - began - read_ms;
  const { compilation } = orThrow(compiled(program));
  const compile_ms = cpu_ms() - began - read_ms - analyse_ms;
  return { read_ms, analyse_ms, compile_ms, rules: countRules(compilation).total };
}

/** The run of median total among so many, after one that is not counted: the first pays for the machine to warm up. */
function measured(text: string, name: string, runs: number): { readonly first: Cost; readonly median: Cost } {
  const first = compileOnce(text, name);
  const costs = Array.from({ length: runs }, () => compileOnce(text, name)).sort((a, b) => total_ms(a) - total_ms(b));
  return { first, median: costs[(runs - 1) / 2] ?? first };
}

const model = (name: string) => ({ name, text: readFileSync(path.join(root, `models/${name}.snk`), 'utf8'), runs: 15 });
const caseStudies = ['firewall', 'learning-switch', 'port-knocking'].map(model);
// What comes first would pay for the machine to warm up: all of them run before anything counts.
const firsts = caseStudies.map(({ text, name, runs }) => total_ms(measured(text, name, 3 * runs).first));
const [firewall] = caseStudies as [(typeof caseStudies)[number]];
const unit_ms = total_ms(measured(firewall.text, firewall.name, firewall.runs).median);
const times = (n_ms: number): string => (n_ms / unit_ms).toFixed(n_ms < 10 * unit_ms ? 2 : 0);

function printRows(title: string, rows: readonly { name: string; text: string; runs: number }[]): void {
  const cells = rows.map(({ name, text, runs }) => {
    const { median } = measured(text, name, runs);
    const parts = [median.read_ms, median.analyse_ms, median.compile_ms, total_ms(median)];
    return [name, String(median.rules), ...parts.map(times)];
  });
  printTable(title, ['program', 'entries', 'read', 'analyse', 'compile', 'total'], cells);
}

console.log(`Node.js ${process.version}, ${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown processor'}`);
console.log(`Multiples of what the firewall takes in all, which is ${unit_ms.toFixed(1)} ms of CPU time here and now.`);
console.log(`In a process that has just begun: ${firsts.map(times).join(', ')} (the first of them starts everything).`);
printRows('Case studies (paper: 1, 1.15, 1.31), median of 15', caseStudies);
printRows(
  'Rings (paper §5.2), median of 5',
  [2, 4, 8, 16, 32, 64].map((d) => ({ name: `ring ${d}`, text: ring(d), runs: 5 })),
);
printRows(
  'Fat trees with a stateful firewall at the edge, median of 3; k = 16 once',
  [4, 8, 16].map((k) => ({ name: `fat tree ${k}`, text: fatTree(k), runs: k < 16 ? 3 : 0 })),
);
