import { obligationsOf } from '/work/wt/limits2/src/smt/proofs/obligations.js';
import { openSession } from '/work/wt/limits2/src/smt/solver/session.js';
import { checks } from '/work/wt/limits2/src/theorems/checks.js';
import { accepted, provableModel } from '/work/wt/limits2/test/smt/proofs/subjects.js';
import { whyUnprovable } from '/work/wt/limits2/src/smt/proofs/obligations.js';
const session = openSession();
let before = 0;
for (const name of accepted) {
  const p = provableModel(name);
  const tried = checks.filter((c) => whyUnprovable(p, c) === undefined);
  const top: [number, string][] = [];
  for (const [check, own] of obligationsOf(p, tried))
    for (const { name: o, script } of own) {
      const r = await session.evaluate(`(reset)\n${script}\n(get-info :all-statistics)`, 300000);
      const all = r.kind === 'text' ? Number(/:rlimit-count\s+(\d+)/.exec(r.text)?.[1]) : NaN; const n = all - before; before = all;
      top.push([n, `${o} ${r.kind === 'text' ? r.text.slice(0, 6).trim() : r.message}`]);
    }
  top.sort((a, b) => b[0] - a[0]);
  console.log(name, JSON.stringify(top.slice(0, 3)));
}
await session.close();
