import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import * as library from '../../src/workbench.js';
import { gallery, OptionError, sarifOf } from '../../src/workbench.js';

/** As a program in JavaScript calls it: with anything. */
type Loose = (...given: unknown[]) => unknown;
const functions = Object.entries(library).flatMap(([name, it]) =>
  typeof it === 'function' && !/^class\b/.test(Function.prototype.toString.call(it))
    ? [[name, it as Loose] as const]
    : [],
);

const source = readFileSync('models/firewall.snk', 'utf8');
const file = 'firewall.snk';
const driver = { name: 'none', start: () => Promise.reject(new Error('a switch was started')) };
const guard = () => () => undefined;
let result: unknown;
let document: unknown;
let validation: unknown;
beforeAll(async () => {
  ({ result } = await library.check(source, file, { engine: 'explore', packets: 0 }));
  const reading = library.readDocuments(JSON.stringify(result));
  if (!reading.ok) throw new Error(reading.problems.join());
  [document] = reading.documents;
  const validated = library.validateExecutions(reading.documents[0]!, source, file);
  if (!validated.ok) throw new Error('nothing was validated');
  validation = validated.validation;
});

/** Whatever is there. */
const anything = 'anything';
/** Options, all of which may be left out. */
const options = 'options';
/** Something of a kind, which must be there, or may be left out. */
type Place = typeof anything | typeof options | { readonly good: () => unknown; readonly optional?: boolean };
const must = (good: unknown): Place => ({
  good: () => (typeof good === 'function' ? (good as () => unknown)() : good),
});
const may = (good: unknown): Place => ({ good: () => good, optional: true });

const program = [must(source), must(file)];
/** The places of each function. */
const places: Readonly<Record<string, readonly Place[]>> = {
  nearestName: [must('chek'), must(['check'])],
  phaseOf: [anything],
  pcapBytes: [must([])],
  showDiagnostics: [must({ ok: false, file, text: '', diagnostics: [], omitted: 0 }), options],
  readReductions: [must('all')],
  findSwitch: [must({ driver: 'embedded', file: 'simple_switch', guard: () => guard })],
  convert: [must(() => [document]), must('text'), options],
  showJUnit: [must(() => [result])],
  sarifOf: [must(() => [result]), must('1.0.0')],
  readDocuments: [must('[]')],
  readResults: [anything],
  showReplay: [must('lemma3'), must({ steps: [] }), must({ verdict: 'not replayable', switches: 'none', why: '' })],
  showResult: [must(() => result), options],
  showValidation: [must(() => validation), options],
  readCertificate: [must('{}')],
  readTables: [must('{}')],
  check: [...program, options],
  unread: [...program, options],
  compile: [...program, options],
  diff: [must({ file, source }), must({ file, source }), options],
  showDiff: [must(() => library.diff({ file, source }, { file, source }).comparison), options],
  diffMarkdown: [must(() => library.diff({ file, source }, { file, source }).comparison)],
  diffPage: [must(() => library.diff({ file, source }, { file, source }).comparison)],
  reach: [...program, options],
  showReach: [must(() => library.reach(source, file).document), options],
  reachPage: [must(() => library.reach(source, file).document)],
  trace: [...program, must({ from: 'H1' })],
  showTrace: [must(() => library.trace(source, file, { from: 'H1' }).document), options],
  conform: [...program, must({ semantics: 'tagged', packets: 0, which: { kind: 'all', limit: 0 } }), must(driver)],
  openExploration: [...program, options],
  exportModel: [...program, must('tla'), options],
  judgeAnswers: [must(''), must(''), may(false)],
  prove: [...program, options],
  recheck: [...program, must({ certificate: '', scripts: '' }), options],
  solverVersion: [],
  replay: [must(source), must(() => result), must(driver)],
  report: [must(() => [result])],
  gallery: [must(() => [[result]]), may('about')],
  up: [...program, must({ simpleSwitch: 'none', guard, owner: 1, node: 'node' })],
  validateExecutions: [must(() => document), ...program],
};

/** What a call gives, or the error that ends it. */
async function outcomeOf(called: Loose, given: readonly unknown[]): Promise<unknown> {
  try {
    return await called(...given);
  } catch (error) {
    return error;
  }
}

describe('the functions of the library', () => {
  it('are all here', () => expect(Object.keys(places).sort()).toEqual(functions.map(([name]) => name).sort()));

  describe.each(functions.filter(([name]) => places[name]?.length !== 0))('%s', (name, called) => {
    const own = places[name] ?? [];
    const goodOf = (place: Place): unknown => (typeof place === 'object' ? place.good() : {});
    const cases = own.flatMap((place, i) =>
      [undefined, null, 5, {}].flatMap((value) => {
        const isFine =
          place === anything ||
          (place === options && (value === undefined || (typeof value === 'object' && value !== null))) ||
          (typeof place === 'object' && place.optional === true && value === undefined);
        return isFine ? [] : [[i + 1, value] as const];
      }),
    );
    if (cases.length > 0)
      it.each(cases)('refuses in place %i what it does not take: %o', async (place, value) => {
        const given = own.map(goodOf);
        given[place - 1] = value;
        const error = await outcomeOf(called, given);
        expect(error).toBeInstanceOf(OptionError);
        // Whose argument it is, and what is to stand there.
        expect((error as Error).message).toMatch(
          new RegExp(`^${name}: .*( takes |comes first, as|after the program comes)`),
        );
      });
    it('refuses a call without arguments, unless it takes anything', async () => {
      const error = await outcomeOf(called, []);
      if (own[0] === anything) expect(error).not.toBeInstanceOf(Error);
      else expect(error).toBeInstanceOf(OptionError);
    });
  });
});

describe('what is wrong within an argument', () => {
  it('is named by its place', async () => {
    const loose = sarifOf as Loose;
    expect(() => loose([result, 5], '1')).toThrow(
      'sarifOf: results[1] takes a result, what check gives as its `result`, not 5: it is no object',
    );
    expect(() => loose([{ result }], '1')).toThrow('not an object: tool.name is not snk-verify');
    await expect((gallery as Loose)([[]])).rejects.toThrow('programs[0] takes the results of one program, not of none');
    await expect((gallery as Loose)([[result], [result]])).rejects.toThrow('programs[1] is of a program that is there');
  });
});
