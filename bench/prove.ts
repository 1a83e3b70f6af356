/**
 * What proving and re-checking cost: `npx tsx bench/prove.ts`. A row for each case study, then rings of diameter 2 to 16: does the cost
 * grow with the network? Last, all models at once, as CI re-checks them, also without z3 and cvc5.
 * Costs are multiples of what proving the firewall, the first row, costs in the same run. Proving explores 3 packets and asks Z3, z3 and cvc5; re-checking explores nothing. The CPU time of z3 and cvc5 is not counted: they
 * are asked about the same files by both.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ring } from '../scripts/ring.mjs';
import { root, runScript, setUp } from '../scripts/set-up.mjs';
import { measure } from './measure.js';
import { printTable } from './table.js';

const caseStudies = [
  'firewall',
  'learning-switch',
  'port-knocking',
  'bandwidth-cap',
  'ids',
  'nat',
  'multicast',
  'cyclic',
];
const diameters = [2, 4, 6, 8, 12, 16];

await runScript(async () => {
  await setUp();
  const folder = mkdtempSync(path.join(tmpdir(), 'snk-prove-'));
  try {
    const rings = diameters.map((diameter) => {
      const file = path.join(folder, `ring-${diameter}.snk`);
      writeFileSync(file, ring(diameter));
      return file;
    });
    const files = [...caseStudies.map((name) => `models/${name}.snk`), ...rings];
    let unit_s: number | undefined;
    const row = (name: string, programs: readonly string[], solversIn?: string): string[] => {
      const proof = measure(['prove', '-o', folder, ...programs], solversIn);
      const again = measure(['prove', '--check', '-o', folder, ...programs], solversIn);
      const obligations = [...proof.stdout.matchAll(/(\d+) obligations; /g)].reduce((sum, [, n]) => sum + Number(n), 0);
      unit_s ??= proof.cpu_s;
      const ratios = [proof.cpu_s / unit_s, again.cpu_s / unit_s, again.cpu_s / proof.cpu_s];
      return [name, String(obligations), ...ratios.map((ratio) => ratio.toFixed(2))];
    };
    const certified = readdirSync(path.join(root, 'proofs'))
      .filter((file) => file.endsWith('.json'))
      .map((file) => `models/${path.basename(file, '.json')}.snk`);
    const rows = [
      ...files.map((file) => row(path.basename(file, '.snk'), [file])),
      row('all models', certified),
      row('all models, Z3 inside alone', certified, ''),
    ];
    printTable(
      'Proving and re-checking, CPU of the tool itself',
      ['program', 'obligations', 'prove, × firewall', 're-check, × firewall', 're-check ÷ prove'],
      rows,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
