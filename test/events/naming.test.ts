import { describe, expect, test } from 'vitest';
import { namingOf } from '../../src/events/naming.js';
import { onlyBlock, systemOf } from './arbitrary-system.js';

describe('how the events of a block are named (spec 2.5)', () => {
  test('LoopsThatShareALabelAreOneGroup: a history tells the events of both', () => {
    // Two loops, 0 and 1 by labels 0 and 1, then 2 and 3 by labels 0 and 3; label 2 leads from one to the other.
    const system = systemOf(
      4,
      4,
      [
        [0, 0, 1],
        [1, 1, 0],
        [0, 2, 2],
        [2, 0, 3],
        [3, 3, 2],
      ],
      { switches: [1] },
    );
    const { groups, groupOf, counted } = namingOf(onlyBlock(system), system.labels);
    expect(groups.map(({ labels, states }) => ({ labels: [...labels].sort(), states }))).toEqual([
      { labels: [0, 1, 3], states: [0, 1, 2, 3] },
    ]);
    expect([0, 1, 2, 3].map((label) => groupOf.get(label))).toEqual([0, 0, undefined, 0]);
    expect(counted).toEqual([2]);
  });
});
