import { defaultLimits } from '../../src/base/limits.js';
import { eventStructure } from '../../src/events/event-structure.js';
import { transitionSystem } from '../../src/events/transition-system.js';
import type { Semantics } from '../../src/execution/execution.js';
import type { Setting } from '../../src/execution/state.js';
import { readProgram } from '../../src/language/read-program.js';

/** The setting in which a program's text runs; the program's conditions (spec 2.2) are not checked. */
export function settingOf(source: string, semantics: Semantics = 'tagged', controller = true, unroll = 8): Setting {
  const reading = readProgram(source, 'test.snk');
  if (!reading.ok) throw new Error(reading.diagnostics.map((d) => d.message).join('\n'));
  const { program } = reading;
  const system = transitionSystem(program, defaultLimits);
  return {
    program,
    system,
    structure: eventStructure(system, { clock: unroll, paths: unroll }, defaultLimits),
    semantics,
    controller,
  };
}
