import { expect, test } from 'vitest';
import { rerunSteps } from '../../src/execution/validate.js';
import { deployed } from '../../src/replay/deployed.js';
import { play } from '../../src/replay/play.js';
import { answered } from '../execution/answered.js';
import { drivers, runnableModel } from './recorded.js';

/** A part of a program's JSON that a fault is planted in. */
interface Entry {
  readonly match_key: { key: string; mask?: string }[];
  readonly action_entry: { action_id: number; action_data: string[] };
}
interface Program {
  readonly actions: { name: string; id: number; primitives: { op: string; parameters: unknown[] }[] }[];
  readonly pipelines: { tables: { name: string; entries: Entry[] }[] }[];
}

const table = (program: Program, name: string) =>
  program.pipelines.flatMap(({ tables }) => tables).find((t) => t.name === name)!;
const action = (program: Program, name: string) => program.actions.find((a) => a.name === name)!;

/** Up to where switch 1 has sent the answer on: what the controller does after that is not played. */
const steps = answered.slice(0, 9);

/** A fault in the program of a switch, the step that shows it, and what is said of it there. */
const faults: Record<
  string,
  { readonly at: number; readonly plant: (p: Program) => void; readonly step: number; readonly says: RegExp }
> = {
  'a wrong port': {
    at: 4,
    plant: (p) => {
      const { action_data } = table(p, 'forward').entries.find((e) => e.match_key[0]!.key === '0x0001')!.action_entry;
      action_data[1] = '0x0003';
    },
    step: 3,
    says: /nothing like it left by port 2/,
  },
  'a wrong bit in a tag that is stamped': {
    at: 4,
    plant: (p) => {
      const stamped = table(p, 'stamping').entries[1]!.action_entry.action_data;
      stamped[0] = `0x${(Number(stamped[0]) ^ 2).toString(16).padStart(4, '0')}`;
    },
    step: 6,
    says: /tag is \d, predicted \d/,
  },
  'a rule dropped': {
    at: 1,
    plant: (p) => {
      table(p, 'forward').entries.splice(0, 9);
    },
    step: 1,
    says: /nothing like it left by port 1/,
  },
  'the register not written': {
    at: 4,
    plant: (p) => {
      const { primitives } = action(p, 'remember');
      primitives.splice(
        primitives.findIndex(({ op }) => op === 'register_write'),
        1,
      );
    },
    step: 3,
    says: /the event-set is \{\}, predicted \{e0\}/,
  },
  'a detection left out': {
    at: 4,
    plant: (p) => {
      table(p, 'detect_0').entries.splice(0, 9);
    },
    step: 3,
    says: /the event-set is \{\}, predicted \{e0\}/,
  },
  'the tag not stamped': {
    at: 4,
    plant: (p) => {
      action(p, 'stamp').primitives.splice(0, 1);
    },
    step: 6,
    says: /tag is 0, predicted 1|nothing like it left/,
  },
  'the digest not carried': {
    at: 4,
    plant: (p) => {
      action(p, 'remember').primitives.splice(1, 1);
    },
    step: 6,
    says: /digest is \{\}, predicted \{e0\}/,
  },
  'a checksum not made anew': {
    at: 1,
    plant: (p) => {
      const { checksums } = p as unknown as { checksums: { update: boolean }[] };
      for (const checksum of checksums) checksum.update = false;
      action(p, 'from_host').primitives.push({
        op: 'assign',
        parameters: [
          { type: 'field', value: ['ipv4', 'checksum'] },
          { type: 'hexstr', value: '0x0001' },
        ],
      });
    },
    step: 1,
    says: /the same fields, but other bytes from byte 37 on/,
  },
};

const { setting, tables } = runnableModel('firewall', 'tagged');
const validation = rerunSteps(setting, steps);
if (validation.kind === 'impossible') throw new Error(`step ${validation.step}: ${validation.why}`);
const { run } = validation;

for (const driver of drivers) {
  test(`without a fault, the execution is confirmed on ${driver.name}`, async () => {
    const ready = deployed(tables, 'tagged');
    const fleet = await driver.start(ready.setups);
    try {
      expect((await play(ready, run, fleet, driver.name)).verdict).toMatchObject({ verdict: 'confirmed' });
    } finally {
      await fleet.stop();
    }
  });

  test.each(Object.entries(faults))(
    `%s is seen where it shows, on ${driver.name}`,
    async (_, { at, plant, step, says }) => {
      const ready = deployed(tables, 'tagged');
      const setups = ready.setups.map((setup) => {
        const program = structuredClone(setup.program) as Program;
        if (setup.id === at) plant(program);
        return { ...setup, program };
      });
      const fleet = await driver.start(setups);
      try {
        const { verdict } = await play(ready, run, fleet, driver.name);
        if (verdict.verdict !== 'diverged') throw new Error(JSON.stringify(verdict));
        expect(verdict.step).toBe(step);
        expect(verdict.differences.join('\n')).toMatch(says);
        expect(verdict.log.length).toBeGreaterThan(0);
      } finally {
        await fleet.stop();
      }
    },
  );
}
