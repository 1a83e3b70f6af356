import { readFileSync, writeFileSync } from 'node:fs';
import { compile } from './src/verbs/compile.js';
import { deploy, type Mode } from './src/compiler/backends/deployment.js';
import { bmv2Program } from './src/compiler/backends/bmv2.js';
const t = compile(readFileSync(process.argv[2]!), process.argv[2]!).compiled!.tables;
for (const mode of ['tagged','two-phase','best-effort'] as Mode[]) {
const d = deploy(t, mode);
for (const s of d.switches) writeFileSync(`/tmp/bmv2/${mode}-${s.id}.json`, JSON.stringify(bmv2Program(d, s), null, 1));
}
