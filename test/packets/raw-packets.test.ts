import { expect, it } from 'vitest';
import { fw } from '../../bench/scale/programs.js';
import { rawPackets } from '../../src/packets/raw-packets.js';
import { hopsByTables } from '../../src/packets/table-hop.js';
import { compiled, load, orThrow } from '../../src/verbs/load.js';

it('packets are followed once for each question', () => {
  const one = orThrow(compiled(orThrow(load(fw(3), 'fw.snk'))));
  const other = orThrow(compiled(orThrow(load(fw(3), 'fw.snk'))));
  const byTables = () => hopsByTables(one.tables, one.program.fields, one.structure);
  const raw = rawPackets(one, { mixed: false });
  const tabled = rawPackets(one, { mixed: false, tables: byTables() });
  expect(rawPackets(one, { mixed: false, classes: true })).toBe(raw);
  expect(rawPackets(one, { mixed: false, tables: byTables() })).toBe(tabled);
  const others = [
    tabled,
    rawPackets(one, { mixed: true }),
    rawPackets(one, { mixed: false, classes: false }),
    rawPackets(one, { mixed: false, tables: hopsByTables(other.tables, one.program.fields, one.structure) }),
    rawPackets(other, { mixed: false }),
  ];
  expect(new Set([raw, ...others]).size).toBe(1 + others.length);
});
