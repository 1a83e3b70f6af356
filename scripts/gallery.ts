/** `npm run gallery`: writes reports/ anew, but for its figures, which benches draw: a page for each program of models/ under every semantics, an index, and badges. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { check, gallery, type Result, type Semantics } from '../src/workbench.js';
import { root } from './set-up.mjs';

export const reports = path.join(root, 'reports');

/** The files of reports/ that are the gallery's, by their names. */
export const galleryNames = (): string[] =>
  readdirSync(reports, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.\w+$/.test(name) && !name.startsWith('figures'),
  );

const semantics: readonly Semantics[] = ['tagged', 'figure6', 'two-phase', 'best-effort'];

/** Every model with 3 packets; the large rings, whose violations need 2, with 2. */
const packetsOf = (model: string): number => (/^ring-[5-9]/.test(model) ? 2 : 3);

/** The files of reports/, by their names. The same programs give the same files, on any machine and at any time. */
export async function galleryFiles(): Promise<ReadonlyMap<string, string>> {
  const results: Result[][] = [];
  for (const file of readdirSync(path.join(root, 'models')).sort()) {
    if (!file.endsWith('.snk')) continue;
    const bytes = readFileSync(path.join(root, 'models', file));
    const packets = packetsOf(file);
    const runs: Result[] = [];
    for (const one of semantics) runs.push((await check(bytes, `models/${file}`, { semantics: one, packets })).result);
    // What is rejected is rejected under every semantics.
    results.push(runs[0]?.rejected ? runs.slice(0, 1) : runs);
  }
  return gallery(results);
}

if (process.argv[1] === import.meta.filename) {
  const files = await galleryFiles();
  for (const name of galleryNames()) rmSync(path.join(reports, name));
  for (const [name, text] of files) {
    const target = path.join(reports, name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  const size_kB = [...files.values()].reduce((sum, text) => sum + text.length, 0) / 1000;
  console.log(`reports/: ${files.size} files, ${Math.round(size_kB).toLocaleString('en')} kB`);
}
