import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/workbench.js';
import { readExpectations, root, withoutBlocks } from '../conformance/expectation.js';

/** Transition systems, structures and rejections alone: nothing is explored, so this takes no time. */
const folder = path.join(root, 'test/conformance');
const programs = Object.entries(readExpectations(path.join(folder, 'expected.json')));

describe('the structures of the conformance programs', () => {
  it.each(programs)('%s', async (name, { rejected, ets, nes }) => {
    const source = readFileSync(path.join(folder, 'programs', `${name}.snk`));
    const { result } = await check(source, name, {
      packets: 1,
      maxStates: 1,
      engine: 'explore',
      ...(nes?.bound == null ? {} : { unroll: nes.bound }),
    });
    expect(result.rejected?.code ?? null).toBe(rejected);
    if (ets) expect(result.ets).toEqual(ets);
    if (nes) expect(withoutBlocks(result.nes!)).toEqual(nes);
  });
});
