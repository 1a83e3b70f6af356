import { BadProgram } from '../bmv2/json.js';
import { readSwitchProgram } from '../bmv2/read-program.js';
import { embeddedSwitch } from '../bmv2/switch.js';
import { type Driver, SwitchFailed } from './driver.js';

/** The interpreter of BMv2's JSON that comes with this tool: no switch that anyone else has written. */
export const embeddedDriver: Driver = {
  name: 'the embedded interpreter of BMv2 JSON',
  start: async (setups) => {
    const failing = <T>(id: number, act: () => T): T => {
      try {
        return act();
      } catch (error) {
        if (error instanceof BadProgram) throw new SwitchFailed(`switch ${id}: ${error.message}`);
        throw error;
      }
    };
    const switches = new Map(
      setups.map(({ id, program, groups }) => [
        id,
        failing(id, () =>
          embeddedSwitch(readSwitchProgram(program), new Map(groups.map(({ group, nodes }) => [group, nodes]))),
        ),
      ]),
    );
    return {
      take: async (id, port, frame) => {
        const chosen = switches.get(id);
        if (!chosen) throw new SwitchFailed(`switch ${id} was not started`);
        return failing(id, () => chosen.take(port, frame));
      },
      stop: async () => undefined,
    };
  },
};
