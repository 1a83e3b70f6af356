import fc from 'fast-check';
import { check } from '/work/wt/proofs/src/workbench.ts';
import { arbitrarySmallProgram } from './small-program.ts';
import { arbitraryEventfulProgram } from './eventful-program.ts';
const seed = Number(process.argv[2]), n = Number(process.argv[3]);
const programs = fc.sample(process.argv[4] === 'e' ? arbitraryEventfulProgram : arbitrarySmallProgram, { seed, numRuns: n });
const tally: Record<string, number> = {};
for (const source of programs) {
  try {
  const { result } = await check(source, 'x.snk', { packets: 3, timeout_ms: 4000, maxStates: 60000 });
  if (result.rejected) { tally['rejected ' + result.rejected.code] = (tally['rejected ' + result.rejected.code] ?? 0) + 1; continue; }
  const loops = result.nes?.bound == null ? '' : ' loops';
  const ev = (result.nes?.events.length ?? 0);
  for (const [k, c] of Object.entries(result.checks)) { const key = `${k} ${c!.status}${loops}` + (c!.status==='holds'&&!loops ? ': ' + (c!.unproved ?? '').split(';').map(x => x.trim().split(' ')[0]).join(',') : ''); tally[key] = (tally[key] ?? 0) + 1;
    if (k==='theorem1.paper' && c!.status === 'proved' && ev > 1) tally['paper proved, several events'] = (tally['paper proved, several events'] ?? 0) + 1;
    if (k==='theorem1.paper' && c!.status === 'holds' && !loops && process.argv[5]) console.log(source, c!.unproved);
  }
  } catch (e) { console.log('FAULT', String(e), source); process.exit(1); }
}
console.log(seed, tally);
