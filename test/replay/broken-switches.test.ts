import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { randomRun } from '../../src/execution/random-runs.js';
import { deployed } from '../../src/replay/deployed.js';
import { SwitchFailed, type SwitchSetup } from '../../src/replay/drivers/driver.js';
import { embeddedDriver } from '../../src/replay/drivers/embedded.js';
import { packetInWire } from '../../src/replay/drivers/packet-in.js';
import { type SimpleSwitch, simpleSwitchDriver } from '../../src/replay/drivers/simple-switch.js';
import { freePort } from '../../src/replay/drivers/switch-process.js';
import { findSwitch } from '../../src/replay/find-switch.js';
import { replayRun } from '../../src/replay/replay.js';
import { realSwitch, runnableModel } from './recorded.js';

const folder = mkdtempSync(path.join(tmpdir(), 'snk-broken-'));
// Where drivers make their folders: other tests have theirs elsewhere.
vi.stubEnv('TMPDIR', folder);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A program that is taken for simple_switch. */
function pretend(name: string, script: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const noGuard = () => () => undefined;
/** A driver that does not wait long. */
const impatient = (file: string, more: Partial<SimpleSwitch> = {}) =>
  simpleSwitchDriver({
    ...{ file, version: 'x', guard: noGuard, wire: packetInWire },
    patience: { start_ms: 10_000, answer_ms: 300, stop_ms: 300 },
    ...more,
  });
const { tables, setting } = runnableModel('firewall', 'tagged');
const run = randomRun(setting, 1, () => 0);
const { setups } = deployed(tables, 'tagged');
const replayFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('snk-replay-'));

async function startFailure(file: string, more: Partial<SimpleSwitch> = {}): Promise<string> {
  const before = replayFolders();
  const failure = await impatient(file, more)
    .start(setups)
    .then(
      () => 'it started',
      (error: Error) => error.message,
    );
  expect(replayFolders()).toEqual(before);
  return failure;
}

test('without simple_switch the interpreter is taken, unless simple_switch is asked for', () => {
  const choice = { file: path.join(folder, 'missing'), guard: noGuard };
  expect(findSwitch({ ...choice, driver: 'auto' })).toBe(embeddedDriver);
  expect(findSwitch({ ...choice, driver: 'packet-in' })).toEqual({
    missing: `there is no simple_switch: ${choice.file} cannot be run; --driver embedded needs none`,
  });
});

test('a switch that ends at once is said so, with what it printed', async () => {
  expect(await startFailure(pretend('ends', 'echo no such luck; exit 7'))).toMatch(
    /of switch \d: it ended with status 7/,
  );
});

test('a switch that is ended from outside is said so', async () => {
  expect(await startFailure(pretend('killed', 'kill -9 $$'))).toMatch(/it was ended by SIGKILL/);
});

test('a switch that never listens is given up, and ended', async () => {
  const file = pretend('hangs', `echo $$ > ${folder}/pid-$$; exec sleep 60`);
  const patience = { start_ms: 500, answer_ms: 300, stop_ms: 300 };
  expect(await startFailure(file, { patience })).toMatch(/it does not listen/);
  const pids = readdirSync(folder).filter((name) => name.startsWith('pid-'));
  expect(pids.length).toBe(2);
  for (const pid of pids) expect(existsSync(`/proc/${pid.slice(4)}`), pid).toBe(false);
});

/** A switch that fails in a way that fake-switch.mjs knows, and says in the folder which process it is. */
const failing = (how: string): string => {
  const script = path.join(import.meta.dirname, 'fake-switch.mjs');
  return pretend(how, `echo $$ > ${folder}/${how}-$$; exec '${process.execPath}' ${script} ${how} "$@"`);
};

test.each([
  ['die', /of switch 1: it ended with status 9/],
  ['hang', /of switch 1: it does not answer within 0.3 s/],
])('a switch that fails in the middle (%s) is said so, and all are ended', async (how, message) => {
  const file = failing(how);
  const before = replayFolders();
  const { verdict } = await replayRun(tables, run, impatient(file));
  expect(verdict).toMatchObject({ verdict: 'not replayable', why: expect.stringMatching(message) });
  expect(replayFolders()).toEqual(before);
  const pids = readdirSync(folder).filter((name) => name.startsWith(`${how}-`));
  expect(pids.length).toBe(2);
  for (const pid of pids) expect(existsSync(`/proc/${pid.split('-')[1]}`), pid).toBe(false);
});

test('a port that is taken is tried no more than three times, each time another', async () => {
  let asked = 0;
  // Below those that the system gives to others.
  const findPort = async () => 20_000 + asked++;
  const file = pretend('taken', 'echo "Could not bind: Address already in use" >&2; exit 1');
  expect(await startFailure(file, { findPort })).toMatch(/it ended with status 1/);
  expect(asked).toBeGreaterThanOrEqual(3);
  expect(asked).toBeLessThanOrEqual(3 * setups.length);
});

test('whoever listens at a port that is taken is not taken for the switch', async () => {
  const taken = createServer().listen(0);
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  expect(await startFailure(failing('late'), { findPort: async () => port })).toMatch(/it ended with status 1/);
  taken.close();
});

test('a switch that hangs when it is told of its multicast groups is said so', async () => {
  const groups = [{ group: 1, nodes: [{ rid: 0, port: 1 }] }];
  const failure = await impatient(failing('hang'))
    .start([{ ...setups[0]!, groups }])
    .then(
      () => 'it started',
      (error: Error) => error.message,
    );
  expect(failure).toMatch(/it does not take its multicast groups: it does not answer within 0.3 s/);
});

test.skipIf(!realSwitch)('simple_switch gets another port if the first is taken meanwhile', async () => {
  const taken = createServer().listen(0);
  await once(taken, 'listening');
  const ports = [(taken.address() as AddressInfo).port];
  const findPort = async () => ports.pop() ?? (await freePort());
  const { verdict } = await replayRun(tables, run, impatient(realSwitch!, { findPort }));
  taken.close();
  expect(verdict).toMatchObject({ verdict: 'confirmed' });
  expect(ports).toEqual([]);
});

test.skipIf(!realSwitch)('simple_switch with a program that is none is said so, with what it printed', async () => {
  const before = replayFolders();
  const failure = await impatient(realSwitch!)
    .start([{ ...setups[0]!, program: { actions: 7 } }])
    .then(
      () => new SwitchFailed('it started'),
      (error: SwitchFailed) => error,
    );
  expect(failure.message).toMatch(/of switch 1: it (ended with status|was ended by)/);
  expect(failure.log.length).toBeGreaterThan(0);
  expect(replayFolders()).toEqual(before);
});

const [first] = setups;
const start = async (change: (program: Record<string, unknown>) => void): Promise<string> => {
  const program = structuredClone(first!.program) as Record<string, unknown>;
  change(program);
  const setup: SwitchSetup = { ...first!, program };
  const act = async () => {
    const fleet = await embeddedDriver.start([setup]);
    await fleet.take(setup.id, setup.ports[0]!, new Uint8Array(60));
    return 'it ran';
  };
  return act().catch((error: Error) => error.message);
};

test('a program that is not BMv2 JSON, or needs more than the interpreter knows, is said so with its place', async () => {
  const changes: [(program: Record<string, unknown>) => void, string][] = [
    [(p) => delete p['parsers'], 'switch 1: program: there is no `parsers`'],
    [(p) => Object.assign(p, { __meta__: { version: [3, 0] } }), 'switch 1: program: version 3.0 is not 2.0 to 2.24'],
    [(p) => Object.assign(p, { actions: 7 }), 'switch 1: program.actions: an array is wanted'],
    [(p) => (p['pipelines'] as unknown[]).pop(), 'switch 1: program.pipelines: there is no `egress`'],
    [
      (p) => {
        (p['actions'] as { primitives: { op: string }[] }[])[1]!.primitives[0]!.op = 'clone';
      },
      'switch 1: the primitive clone is not known here',
    ],
    [
      (p) => {
        (p['pipelines'] as { init_table: string }[])[0]!.init_table = 'nowhere';
      },
      'switch 1: the pipeline ingress has no nowhere',
    ],
  ];
  for (const [change, message] of changes) expect(await start(change)).toBe(message);
  expect(await start(() => undefined)).toBe('it ran');
});
