import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/base/limits.js';
import { satisfies } from '../../src/events/formula.js';
import { entriesOf } from '../../src/execution/entries.js';
import type { Semantics } from '../../src/execution/execution.js';
import {
  begin,
  choicesOf,
  choose,
  type Ground,
  maxActions,
  readActions,
  resume,
  type Session,
  showActions,
  undo,
} from '../../src/execution/session.js';
import type { Setting } from '../../src/execution/state.js';
import { rerunSteps } from '../../src/execution/validate.js';
import { entry, type Position } from '../../src/netkat/configuration.js';
import type { Headers } from '../../src/netkat/fields.js';
import type { Location } from '../../src/netkat/policy.js';
import { load, orThrow, settingOf } from '../../src/verbs/load.js';

const groundOf = (model: string, semantics: Semantics, packets = 2): Ground =>
  groundOn(readFileSync(`models/${model}.snk`, 'utf8'), semantics, packets);

function groundOn(source: string, semantics: Semantics, packets: number): Ground {
  const setting = settingOf(orThrow(load(source, 'session.snk')), { semantics, controller: true });
  return { setting, entries: entriesOf(setting, defaultLimits), packets };
}

const taken = (session: ReturnType<typeof choose>): Session => {
  if ('impossible' in session) throw new Error(session.impossible);
  return session;
};

/** A walk of so many steps, each choice by a number from somewhere. */
function walk(ground: Ground, numbers: readonly number[]): Session[] {
  const sessions = [begin(ground)];
  for (const number of numbers) {
    const last = sessions[sessions.length - 1]!;
    const possible = [...choicesOf(last).entries()].flatMap(([i, { outcome }]) =>
      outcome.kind === 'taken' ? [i] : [],
    );
    if (possible.length === 0) break;
    sessions.push(taken(choose(last, possible[number % possible.length]!)));
  }
  return sessions;
}

const rows: readonly (readonly [string, Semantics])[] = [
  ['firewall', 'tagged'],
  ['port-knocking', 'figure6'],
  ['multicast', 'best-effort'],
  ['nat', 'two-phase'],
];

describe('a session', () => {
  it.each([...rows])(
    'of %s, %s: what is chosen is an execution; it can be undone, resumed and shared',
    (model, semantics) => {
      const ground = groundOf(model, semantics);
      fc.assert(
        fc.property(fc.array(fc.nat(1000), { maxLength: 15 }), (numbers) => {
          const sessions = walk(ground, numbers);
          const last = sessions[sessions.length - 1]!;
          const steps = last.run.taken.map(({ step }) => step);
          const validation = rerunSteps(ground.setting, steps);
          expect(validation).toMatchObject({ kind: 'possible' });
          expect(validation.run.states).toEqual(last.run.states);
          expect(validation.run.complete).toBe(last.run.complete);
          for (let s = last, i = sessions.length - 1; i > 0; s = undo(s), i--) expect(undo(s)).toEqual(sessions[i - 1]);
          expect(resume(ground, readActions(showActions(last.actions))!)).toEqual(last);
          expect(last.run.states.at(-1)!.entered).toBeLessThanOrEqual(ground.packets);
        }),
        { numRuns: 25 },
      );
    },
  );

  it('offers the step without a configuration, and does not take it', () => {
    const ground = groundOf('port-knocking', 'figure6', 3);
    const play = (session: Session, ...wanted: readonly RegExp[]): Session =>
      wanted.reduce((s, pattern) => {
        const index = choicesOf(s).findIndex(
          ({ outcome }) => outcome.kind === 'taken' && pattern.test(JSON.stringify(outcome.step)),
        );
        return taken(choose(s, index));
      }, session);
    const heard = play(
      begin(ground),
      /IN.*"4:2".*H1/,
      /SW.*4:2/,
      /LINK.*4:1/,
      /SW.*1:1/,
      /CTRLRECV/,
      /SEND.*4.*\[0\]/,
      /IN.*"4:2".*H2/,
      /SW.*4:2/,
      /LINK.*"4:\d"/,
      /SW.*2:1/,
      /CTRLRECV/,
      /SEND.*3.*\[1\]/,
      /IN.*"3:2"/,
    );
    const choices = choicesOf(heard);
    const index = choices.findIndex(({ outcome }) => outcome.kind === 'undefined-configuration');
    expect(index).toBeGreaterThanOrEqual(0);
    expect(choose(heard, index)).toEqual({ impossible: expect.stringMatching(/by \{e1\}, which is no event-set/) });
  });

  it('refuses what is no choice, and ends', () => {
    const ground = groundOf('firewall', 'tagged');
    expect(resume(ground, [999])).toEqual({ impossible: 'action 1: there is no choice 999' });
    expect(resume(ground, [0, -1])).toEqual({ impossible: 'action 2: there is no choice -1' });
    expect(resume(ground, Array(maxActions + 1).fill(0))).toEqual({
      impossible: expect.stringMatching(/no more than 300/),
    });
    expect(undo(begin(ground))).toEqual(begin(ground));
  });

  it('is shared in one way only', () => {
    expect(readActions('')).toEqual([]);
    expect(readActions('3.0.15')).toEqual([3, 0, 15]);
    for (const text of ['.', '3.', '.3', '3..0', '03', '-1', '1e3', ' 1', '1,2', 'x', '9999999999'])
      expect(readActions(text), text).toBeUndefined();
  });
});

describe('the packets that are offered', () => {
  /**
   * All that a packet can be told apart by: places and events on its way, whatever configuration each switch goes by.
   */
  function behaviour({ system, structure }: Setting, headers: Headers, at: Location): string {
    const configurations = [...new Set(structure.stateOf)].map((state) => system.configurations[state]!);
    const visit = (h: Headers, here: Location, position: Position): unknown => [
      system.labels.map(
        (label) =>
          label.at.switch === here.switch && label.at.port === here.port && satisfies(h, label.formula) === true,
      ),
      configurations.map(({ hop }) => {
        const result = hop(h, here, position);
        if (result.kind === 'needs') throw new Error('headers are whole');
        return result.outputs.map(({ port, to, headers: next, position: then, finished }) => [
          port,
          finished,
          to ? visit(next, to, then) : null,
        ]);
      }),
    ];
    return JSON.stringify(visit(headers, at, entry));
  }

  /** A packet from H1 is asked for its tcp_dst by nothing but the event. */
  const onlyTheEventAsks = `
    host H1 @ 1:2; host H2 @ 1:3; host H4 @ 4:2;
    link 1:1 -> 4:1;
    state [0];
    policy
      pt=3; tcp_dst=22; pt<-1; (1:1)->(4:1)-><state<-[1]>; pt<-2
    + pt=2; pt<-1; (1:1)->(4:1); pt<-2
  `;
  const sourceOf = (model: string) => readFileSync(`models/${model}.snk`, 'utf8');
  const models = ['firewall', 'port-knocking', 'learning-switch', 'nat', 'multicast'];
  it.each([...models.map((model) => [model, sourceOf(model)]), ['an event that asks', onlyTheEventAsks]])(
    'of %s behave in every way that one can',
    (_, source) => {
      const { setting, entries } = groundOn(source!, 'tagged', 1);
      const { fields, topology } = setting.program;
      const all = fields.reduce<Headers[]>(
        (some, { domain }) => some.flatMap((h) => domain.map((_, v) => [...h, v])),
        [[]],
      );
      for (const { at } of topology.hosts) {
        const own = entries.filter((e) => e.at.switch === at.switch && e.at.port === at.port);
        expect(own.length).toBeLessThanOrEqual(all.length);
        const offered = new Set(own.map(({ headers }) => behaviour(setting, headers, at)));
        const possible = new Set(all.map((headers) => behaviour(setting, headers, at)));
        expect(offered).toEqual(possible);
      }
    },
  );
});
