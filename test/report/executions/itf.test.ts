import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { members } from '../../../src/events/event-set.js';
import { showSet } from '../../../src/execution/show.js';
import type { Copy, NetworkState } from '../../../src/execution/state.js';
import { rerunSteps } from '../../../src/execution/validate.js';
import { showHeaders } from '../../../src/netkat/fields.js';
import { toItf } from '../../../src/report/executions/itf.js';
import { load, orThrow, settingOf } from '../../../src/verbs/load.js';
import { documentOf, portraitsOf, rows } from './portraits.js';

/** An expression of the format read back (Apalache, ADR 015): integers, sets (sorted) and maps as plain values. */
function read(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(read);
  if (typeof value !== 'object' || value === null) throw new Error(`${value} is no expression`);
  const special = Object.keys(value).filter((key) => key.startsWith('#'));
  if (special.length === 0) return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, read(v)]));
  if (Object.keys(value).length !== 1) throw new Error(`${Object.keys(value)} are the keys of no expression`);
  const [[key, inner]] = Object.entries(value) as [[string, unknown]];
  if (key === '#bigint' && /^-?\d+$/.test(String(inner))) return Number(inner);
  if (key === '#set') return (inner as unknown[]).map(read);
  if (key !== '#map') throw new Error(`${key} is no expression`);
  const pairs = (inner as [unknown, unknown][]).map(([k, v]) => [String(read(k)), read(v)] as const);
  if (new Set(pairs.map(([k]) => k)).size !== pairs.length) throw new Error('a key is there twice');
  return Object.fromEntries(pairs);
}

describe('the Informal Trace Format', () => {
  it.each([...rows])('of %s, %o has the states of the rules', async (model, options) => {
    const document = await documentOf(model, options);
    const file = `models/${model}.snk`;
    const unroll = document.nes?.bound ?? undefined;
    const setting = settingOf(orThrow(load(readFileSync(file), file, { unroll, force: true })), document.options);
    const queues = (state: NetworkState, which: 'inputs' | 'outputs') =>
      Object.fromEntries(
        Object.entries(state.switches).flatMap(([n, s]) =>
          (Object.entries(s[which]) as [string, readonly Copy[]][]).flatMap(([port, queue]) =>
            queue.length === 0 ? [] : [[`${n}:${port}`, queue.map(shownCopy)]],
          ),
        ),
      );
    const shownCopy = ({ packet, headers, tag, digest }: Copy) => ({
      packet,
      headers: Object.fromEntries(
        Object.entries(showHeaders(setting.program.fields, headers)).map(([name, value]) => [name, String(value)]),
      ),
      ...(tag === null ? {} : { tag: showSet(tag) }),
      digest: showSet(digest),
    });

    for (const portrait of portraitsOf(document)) {
      const trace = JSON.parse(toItf(portrait) as string);
      expect(trace['#meta'].format).toBe('ITF');
      const validation = rerunSteps(setting, portrait.steps);
      expect(validation.kind).toBe('possible');
      const { states, taken } = validation.run;
      expect(trace.states).toHaveLength(states.length);
      for (const [i, { '#meta': meta, ...variables }] of trace.states.entries()) {
        expect(Object.keys(variables)).toEqual(trace.vars);
        expect(meta).toEqual({ index: i });
        const state = states[i]!;
        expect(read(variables)).toMatchObject({
          time: i,
          rule: taken[i - 1]?.step.rule ?? '',
          inputs: queues(state, 'inputs'),
          outputs: queues(state, 'outputs'),
          eventSets: Object.fromEntries(Object.entries(state.switches).map(([n, s]) => [n, members(s.eventSet)])),
        });
        const heard = taken.slice(0, i).flatMap(({ step }) => (step.rule === 'CTRLRECV' ? [step.item] : []));
        expect(read(variables.heard)).toEqual(heard);
      }
    }
  });
});
