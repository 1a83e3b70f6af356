import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/base/limits.js';
import { members } from '../../src/events/event-set.js';
import { allRuns } from '../../src/execution/all-runs.js';
import { entriesOf } from '../../src/execution/entries.js';
import type { Semantics } from '../../src/execution/execution.js';
import { load, settingOf } from '../../src/verbs/load.js';
import { check, showResult } from '../../src/workbench.js';

const root = path.resolve(import.meta.dirname, '../..');
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** What happens in executions, each listed by the plain rules. */
function literally(file: string, semantics: Semantics, packets: number, controller: boolean) {
  const program = load(text(file), file, { packets });
  if (!program.ok) throw new Error(`${file} is refused`);
  const setting = settingOf(program, { semantics, controller });
  const { structure } = program;
  let events = 0n;
  const states = new Set<string>();
  for (const { states: run } of allRuns(setting, entriesOf(setting, defaultLimits), packets))
    for (const { known, switches } of run) {
      events |= known;
      for (const { eventSet } of Object.values(switches)) {
        events |= eventSet;
        const state = structure.stateAfter(eventSet);
        if (state) states.add(String(state));
      }
    }
  const happened = members(events);
  return {
    never: structure.events.map(({ id }) => id).filter((id) => !happened.includes(id)),
    used: [...states].sort(),
  };
}

describe('what executions use', () => {
  it.each<[string, Semantics, number, boolean]>([
    ['models/firewall.snk', 'tagged', 1, false],
    ['models/firewall.snk', 'tagged', 0, false],
    ['models/firewall.snk', 'two-phase', 1, true],
    ['models/firewall.snk', 'best-effort', 1, true],
    ['models/bandwidth-cap-3.snk', 'tagged', 1, false],
    ['models/bandwidth-cap-3.snk', 'tagged', 2, false],
    ['models/ids.snk', 'tagged', 1, false],
    ['models/concurrent-pair.snk', 'tagged', 1, true],
    ['models/figure-2a.snk', 'figure6', 1, false],
  ])(
    '%s, %s, %i packets, controller %s: the events and states of all executions',
    async (file, semantics, packets, controller) => {
      const { result } = await check(text(file), file, {
        semantics,
        packets,
        controller,
        engine: 'explore',
        coverage: true,
      });
      const { coverage } = result;
      const { never, used } = literally(file, semantics, packets, controller);
      expect(coverage).toMatchObject({ packets, complete: true, events: { all: result.nes!.events.length, never } });
      expect(coverage!.states.used.map(String).sort()).toEqual(used);
    },
  );

  it('is said in lines, and only where it is asked for', async () => {
    const source = text('models/bandwidth-cap-3.snk');
    const asked = await check(source, 'cap.snk', { packets: 2, engine: 'explore', coverage: true });
    expect(showResult(asked.result)).toContain(
      [
        '  events              2 of 3 happen within 2 packets; never: e2 (ip_dst=H4 at 4:1 (#3))',
        '  states              3 of 4 are used within 2 packets',
        '  edges               3 of 3 have a branch that a packet can run',
        '  branches            6 of 6 can be run by a packet',
      ].join('\n'),
    );
    const unasked = await check(source, 'cap.snk', { packets: 0, engine: 'explore' });
    expect(unasked.result.coverage).toBeUndefined();
  });

  it('is not said to be all where a limit was met', async () => {
    const source = text('models/ids.snk');
    const { result } = await check(source, 'ids.snk', { packets: 3, engine: 'explore', coverage: true, maxStates: 5 });
    expect(result.coverage).toMatchObject({ complete: false });
    expect(showResult(result)).toContain('within 3 packets as far as was explored');
  });
});
