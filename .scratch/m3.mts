import { readFileSync, readdirSync } from 'node:fs';
import { openSession } from '../src/smt/session.ts';
for (const dir of ['proofs/', '/tmp/pp/']) { const s = openSession(); await s.evaluate('', 1e5); const c0=process.cpuUsage(); let n=0;
for (const f of readdirSync(dir).filter(f=>f.endsWith('.smt2'))) { const r = await s.evaluate('(reset)\n'+readFileSync(dir+f,'utf8'), 1e5); n += (r as any).text.match(/unsat/g).length; }
const c=process.cpuUsage(c0); console.log(dir, n, (c.user+c.system)/1000); await s.close(); }
