import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildCommandLine, snkVerify, workFolder } from './command-line.js';

const { folder, remove } = workFolder();
beforeAll(buildCommandLine);
afterAll(remove);

const files = ['models/chain-bounce.snk', 'models/figure-2c.snk', 'models/firewall.snk'];
const flags = ['--packets', '1', '--engine', 'explore', '--json'];

it('parts that many machines have checked make the report of one', async () => {
  for (const i of [1, 2, 3, 4]) {
    const { stdout } = await snkVerify([...files, ...flags, '--shard', `${i}/4`], { cwd: folder });
    writeFileSync(path.join(folder, `part-${i}.json`), stdout);
  }
  const whole = await snkVerify([...files, ...flags], { cwd: folder });
  const parts = [3, 1, 4, 2].map((i) => `part-${i}.json`);
  const merged = await snkVerify(['merge', ...parts, '--format', 'json'], { cwd: folder });
  expect(JSON.parse(merged.stdout)).toEqual(JSON.parse(whole.stdout));
  expect(merged.status).toBe(whole.status);

  const lost = await snkVerify(['merge', 'part-1.json', 'part-5.json'], { cwd: folder });
  expect(lost).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('part-5.json') });
});

it('what was not checked is not merged', async () => {
  const { stdout } = await snkVerify(['models/firewall.snk', ...flags], { cwd: folder });
  writeFileSync(path.join(folder, 'unchecked.json'), JSON.stringify({ ...JSON.parse(stdout), checks: {} }));
  expect(await snkVerify(['merge', 'unchecked.json'], { cwd: folder })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('neither rejected nor checked'),
  });
});

it('a part that is none is refused', async () => {
  for (const part of ['0/2', '3/2', '1', '1/0'])
    expect(await snkVerify([...files, '--shard', part], { cwd: folder })).toMatchObject({ status: 2 });
});
