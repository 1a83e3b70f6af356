import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/workbench.js';

const warningsIn = async (text: string): Promise<readonly string[]> =>
  (await check(text, 'warned.snk', { packets: 2, maxStates: 1, engine: 'explore' })).result.warnings;
const textOf = (name: string): string => readFileSync(path.join(import.meta.dirname, `${name}.snk`), 'utf8');

describe('the two warnings of spec 2.5', () => {
  it('a tick that counts as one of the client: the packet, and what it counts as', async () => {
    const warnings = await warningsIn(textOf('rate-limit-tick'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/ip_dst=Server & udp_dst=123 at 2:1 matches two events.*it counts as the first$/);
    expect(warnings[0]!.indexOf('(ip_dst=Server at 2:1)')).toBeLessThan(
      warnings[0]!.indexOf('(ip_dst=Server & udp_dst=123 at 2:1)'),
    );
  });

  it('a trap that opens all the same: the run, and the line that excludes it', async () => {
    const warnings = await warningsIn(textOf('knock-trap'));
    const free = warnings.filter((warning) => warning.startsWith('after '));
    expect(free).toHaveLength(1);
    expect(free[0]).toMatch(/^after \(.*1111 at 2:1\), \(.*3333 at 2:1\) the event \(.*2222 at 2:1\) can happen/);
    expect(free[0]).toContain('`ordered state(0);` excludes it');
    const ordered = await warningsIn(textOf('knock-trap').replace('state [0];', 'state [0]; ordered state(0);'));
    expect(ordered.filter((warning) => warning.startsWith('after '))).toEqual([]);
  });

  it('a frozen toggle that goes on: no line excludes it, since its events lie at two switches', async () => {
    const free = (await warningsIn(textOf('exit_unequal'))).filter((warning) => warning.startsWith('after '));
    expect(free).toHaveLength(1);
    expect(free[0]).toMatch(/^after \(tcp_dst=5 at 1:1\) the event \(tcp_dst=1 at 2:1\) can happen/);
    expect(free[0]).not.toContain('ordered state');
  });

  it.each(['knock-reset', 'rate-limit', 'station-move', 'failover-and-back', 'two_clocks', 'two_toggles_one_way'])(
    '%s has none',
    async (name) => expect(await warningsIn(textOf(name))).toEqual([]),
  );
});
