import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Semantics } from '../../../src/execution/execution.js';
import { openSession } from '../../../src/smt/solver/session.js';
import { checkNames, type TheoremName } from '../../../src/theorems/checks.js';
import { modelFile, models } from '../../models/models.js';
import { problemOf } from '../../search/differential.js';
import { compareEngines, inShort } from './agreement.js';

const session = openSession();
afterAll(session.close);

/**
 * Time for either engine on one check of one run. What takes longer ends the comparison of that check. (The pins needed
 * half of it.)
 */
const time_ms = 20_000;
/** With more packets than this nothing is compared. */
const maxPackets = 4;

const ways: readonly (readonly [Semantics, boolean])[] = [
  ['tagged', true],
  ['tagged', false],
  ['figure6', true],
  ['figure6', false],
  ['two-phase', true],
  ['best-effort', true],
];

/**
 * How far both engines have come, by model and way to run it, for each check in order: `3` if both say that it holds
 * for up to 3 packets and one of them had no time for more; `2/14` if both say that 2 packets break it, in 14 steps at
 * least. They must come as far again.
 */
const reachedFile = path.join(import.meta.dirname, 'reached.json');
const pinned = JSON.parse(readFileSync(reachedFile, 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

const programs = Object.keys(models).filter((name) => models[name]!.rejected === null || models[name]!.forcedRuns);
const rows = programs.flatMap((name) => ways.map(([semantics, controller]) => [name, semantics, controller] as const));
const wayOf = (semantics: Semantics, controller: boolean): string => `${semantics} ${controller ? 'on' : 'off'}`;

/** What models/expected.json says of a check of a run, if it does. */
function expected(name: string, semantics: Semantics, controller: boolean, packets: number, check: TheoremName) {
  const { runs = [], forcedRuns = [] } = models[name]!;
  const run = [...runs, ...forcedRuns].find(
    (one) => one.semantics === semantics && one.controller === controller && one.packets === packets,
  );
  return run?.checks[check].status;
}

/** Compares the engines on a check with ever more packets; how far both have come. @throws where they contradict */
async function compareUpwards(
  name: string,
  semantics: Semantics,
  controller: boolean,
  check: TheoremName,
): Promise<string> {
  const source = readFileSync(modelFile(name), 'utf8');
  let held = 0;
  for (let packets = 1; packets <= maxPackets; packets++) {
    const problem = problemOf({ source, semantics, controller, packets, unroll: 4 * packets });
    if (typeof problem === 'string') throw new Error(problem);
    const { explorer, solver, contradiction } = await compareEngines(session, problem, check, time_ms);
    if (contradiction) throw new Error(`${packets} packets: ${contradiction}`);
    if (explorer.status === 'unknown' || solver.status === 'unknown') break;
    expect(solver.status).toBe(expected(name, semantics, controller, packets, check) ?? solver.status);
    if (explorer.status === 'violated') return inShort(explorer);
    held = packets;
  }
  return String(held);
}

describe('both engines agree, with as many packets as both have time for', () => {
  it('on every model', () => expect(Object.keys(pinned).sort()).toEqual([...programs].sort()));

  it.each(rows)('%s, %s, controller %s', async (name, semantics, controller) => {
    const way = wayOf(semantics, controller);
    const reached: string[] = [];
    for (const check of checkNames) reached.push(await compareUpwards(name, semantics, controller, check));
    console.log(`reached: ${JSON.stringify([name, way, reached.join(', ')])}`);
    const before = pinned[name]![way]!.split(', ');
    for (const [i, now] of reached.entries())
      if (before[i]!.includes('/')) expect(now, checkNames[i]).toBe(before[i]);
      else if (!now.includes('/')) expect(Number(now), checkNames[i]).toBeGreaterThanOrEqual(Number(before[i]));
  });
});
