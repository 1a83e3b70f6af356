import { expect, test } from 'vitest';
import { followQueues } from '../../../src/report/executions/queues.js';
import { timeline } from '../../../src/report/html/timeline.js';
import { play, stepsOf } from '../../execution/play.js';
import { finishesInside, twoCopies } from '../../oracle/programs.js';
import { settingOf } from '../../oracle/setting.js';

test('a copy that leaves where no host is may go on: it stays in its queue, and is shown twice from then on', () => {
  const mixing = settingOf(finishesInside, 'best-effort');
  const choices = ['IN 1:2', 'SW 1:2', 'SW 2:1', 'IN 1:2', 'SW 1:2', 'RECV', 'SEND 2', 'SW 2:1', 'SW 1:1'];
  const steps = stepsOf(play(mixing, ...choices));
  const out = steps.findIndex((step) => step.rule === 'OUT' && step.host === null && step.packet === 1);
  const moments = followQueues(steps);
  const [going] = moments[out]!.outputs.get('2:1')!;
  expect(going).toMatchObject({ packet: 1, since: out - 1 });
  expect(moments[out + 1]!.copy).toEqual(going);
  expect(moments[out + 1]!.inputs.get('1:1')).toEqual([{ ...going, since: out + 1 }]);
  const { frames, legs } = timeline(steps, undefined);
  const shown = frames[out + 1]!.copies.filter(({ packet }) => packet === 1);
  expect(shown.map(({ place }) => place)).toEqual([
    { kind: 'output', at: '2:1' },
    { kind: 'outside', at: '2:1' },
  ]);
  expect(new Set(shown.map(({ key }) => key)).size).toBe(2);
  expect(legs.filter(({ to }) => to === out || to === out + 1)).toMatchObject([
    { kind: 'leave', packet: 1, from: out - 1 },
    { kind: 'cross', packet: 1, from: out - 1 },
  ]);
});

test('the first copy that a switch sends is the one that it took; others are new', () => {
  const steps = stepsOf(play(settingOf(twoCopies), 'IN 1:2', 'SW 1:2'));
  const [entered, sent] = followQueues(steps);
  const keys = [...sent!.outputs.values()].flat().map(({ key }) => key);
  expect(entered!.inputs.get('1:2')!.map(({ key }) => key)).toEqual(['c0']);
  expect(keys).toEqual(['c0', 'c1']);
});
