import { describe, expect, it } from 'vitest';
import { check, compile, OptionError } from '../../src/workbench.js';

const program = 'host A @ 1:1; state [0]; policy pt=1';
/** Options as a program in JavaScript may give them. */
const given = (options: object): object => options;

describe('options of the library', () => {
  it.each([
    [{ semantic: 'tagged' }, 'check: there is no option semantic; did you mean semantics?'],
    [{ maxstates: 5 }, 'check: there is no option maxstates; did you mean maxStates?'],
    [
      { colour: true },
      /^check: there is no option colour; there are semantics, spec, properties, checks, witness, packets, /,
    ],
    [
      { semantics: 'figure-6' },
      'check: semantics takes tagged, figure6, two-phase or best-effort, not "figure-6"; did you mean figure6?',
    ],
    [{ semantics: 'x' }, 'check: semantics takes tagged, figure6, two-phase or best-effort, not "x"'],
    [{ semantics: 3 }, 'check: semantics takes tagged, figure6, two-phase or best-effort, not 3'],
    [{ packets: '3' }, 'check: packets takes a whole number from 0 on, not "3"'],
    [{ packets: -1 }, 'check: packets takes a whole number from 0 on, not -1'],
    [{ controller: 'off' }, 'check: controller takes true or false, not "off"'],
    [{ timeout_ms: Number.NaN }, 'check: timeout_ms takes a number of milliseconds, not NaN'],
    [{ reduce: 'all' }, /^check: reduce takes a set of some of packets, partial-order, .*, not "all"$/],
    [{ reduce: new Set(['sleep']) }, /^check: reduce takes a set of some of packets, /],
    [{ tables: {} }, 'check: tables takes the tables that readTables or compile gives, not an object'],
    [{ constructor: 1 }, /^check: there is no option constructor; there are /],
  ])('that are none, or that take something else, are refused: %o', async (options, message) => {
    const refused = check(program, 'a.snk', given(options));
    await expect(refused).rejects.toThrow(OptionError);
    await expect(refused).rejects.toThrow(message);
  });

  it('are not taken for the name of the program', async () => {
    const misplaced = given({ semantics: 'tagged' }) as unknown as string;
    await expect(check(program, misplaced)).rejects.toThrow('check: after the program comes the name to show it by');
    expect(() => compile(program, misplaced)).toThrow('compile: after the program comes the name to show it by');
  });

  it('that are undefined are not given', async () => {
    const { result } = await check(program, 'a.snk', given({ semantics: undefined, engine: 'explore' }));
    expect(result.options.semantics).toBe('tagged');
  });
});
