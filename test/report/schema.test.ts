import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../src/report/read/document.js';
import { check, type Result } from '../../src/workbench.js';
import { resultOf } from '../conformance/expectation.js';
import { modelFile, models } from '../models/models.js';
import { violations } from '../schema.js';

const read = async (name: string, options: Parameters<typeof resultOf>[1] = {}): Promise<Result> =>
  JSON.parse(JSON.stringify(await resultOf(modelFile(name), { packets: 2, ...options })));

const network = 'host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; policy';
/** Programs that no model is like. */
const texts = [
  `${network} pt=2; pt<-1; (1:1)->(4:1); pt<-1`,
  `${network} pt=2; pt<-1; ((1:1)->(4:1); pt<-1; (4:1)->(1:1); pt<-1)*; pt<-2`,
  `${network} pt=2;`,
  `${network} pt=2; ip_dst=H9`,
  `host H0 @ 1:2; ${network} pt=2`,
];

/** A program for each reason to reject, and results with each rule, kind of counterexample and status. */
const rejected = [
  ...(await Promise.all(Object.keys(models).flatMap((name) => (models[name]!.rejected ? [read(name)] : [])))),
  ...(await Promise.all(texts.map(async (text) => JSON.parse(JSON.stringify((await check(text, 'a.snk')).result))))),
] as readonly Result[];
const firewall = await read('firewall', { semantics: 'best-effort' });
const knocking = await read('port-knocking', { semantics: 'figure6' });
const pair = await read('concurrent-pair');
const unknown = await read('firewall', { maxStates: 5 });
const proved = await read('firewall', { engine: 'all' });
const good: readonly Result[] = [...rejected, firewall, knocking, pair, unknown, proved];

type Path = readonly (string | number)[];

/** The places of a document: of its objects, of its lists, or of what is in them. */
function places(value: unknown, kind: 'object' | 'leaf', at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return kind === 'leaf' ? [at] : [];
  const below = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  const here = kind === 'object' && !Array.isArray(value) ? [at] : [];
  return [...here, ...below.flatMap(([key, one]) => places(one, kind, [...at, key]))];
}

/** A copy that is changed at a place. */
function changed(document: object, at: Path, change: (place: Record<string | number, unknown>, last: never) => void) {
  const copy = structuredClone(document);
  const holder = at
    .slice(0, -1)
    .reduce<Record<string | number, unknown>>(
      (place, key) => place[key] as Record<string | number, unknown>,
      copy as Record<string | number, unknown>,
    );
  change(holder, at.at(-1) as never);
  return copy;
}

describe('docs/result.schema.json', () => {
  it('describes results', () => {
    for (const result of good) expect(violations('result', result)).toEqual([]);
    const codes = new Set(rejected.map((result) => result.rejected?.code));
    const all = 'cycle egress forwarding-loop incomplete name nonlocal syntax topology undetermined';
    expect([...codes].sort().join(' ')).toBe(all);
  });

  it('describes what is said of a file that cannot be read', () => {
    const { tool, options } = unknown;
    const unread = { tool, options, program: { file: 'a.snk', sha256: '' }, rejected: null, warnings: [], checks: {} };
    expect(violations('result', { ...unread, error: { message: 'there is no such file' } })).toEqual([]);
    expect(violations('result', unread)).not.toEqual([]);
  });

  it('refuses a key too many, wherever it stands', () => {
    for (const result of good)
      for (const at of places(result, 'object')) {
        const wrong = changed({ result }, ['result', ...at], (place, last) => {
          place[last] = { ...(place[last] as object), planted: 1 };
        }) as { result: object };
        expect(violations('result', wrong.result), at.join('.')).not.toEqual([]);
      }
  });

  it('refuses a value of another kind, wherever it stands', () => {
    for (const result of good)
      for (const at of places(result, 'leaf')) {
        const wrong = changed(result, at, (place, last) => {
          place[last] = { planted: 1 };
        });
        expect(violations('result', wrong), at.join('.')).not.toEqual([]);
      }
  });

  it.each<[string, object, Path, unknown]>([
    ['a status', firewall, ['checks', 'lemma3', 'status'], 'ok'],
    ['a violation without counterexample', firewall, ['checks', 'theorem1.paper', 'counterexample'], null],
    ['a counterexample without violation', firewall, ['checks', 'theorem1.paper', 'status'], 'holds'],
    ['an unknown without why', unknown, ['checks', 'lemma3', 'why'], undefined],
    ['a why of what is known', firewall, ['checks', 'lemma3', 'why'], 'because'],
    ['checks of a rejected program', rejected[0]!, ['checks'], firewall.checks],
    ['nothing checked', firewall, ['checks'], {}],
    ['details of another reason', rejected[0]!, ['rejected', 'code'], 'name'],
    ['a step of another rule', pair, ['checks', 'theorem1.paper', 'counterexample', 'steps', 0, 'rule'], 'OUT'],
    ['no hash of what could be read', firewall, ['program', 'sha256'], ''],
    ['an error of what could be read', firewall, ['error'], { message: 'there is no such file' }],
    ['an event twice', pair, ['nes', 'eventSets', 1], [0, 0]],
  ])('refuses %s', (_, document, at, to) => {
    const wrong = changed(document, at, (place, last) => {
      if (to === undefined) delete place[last];
      else place[last] = to;
    });
    expect(violations('result', wrong)).not.toEqual([]);
  });
});

it('is what every test is held to, by test/held-documents.ts', () => {
  for (const held of [check, readDocuments]) expect(held).toHaveProperty('isHeld', true);
});

describe('executions by hand', () => {
  const steps = firewall.checks['theorem1.paper']!.counterexample!.steps;
  const bare = [
    { rule: 'IN', at: '1:2', headers: { ip_dst: 'H4' } },
    { rule: 'SW', at: '1:2' },
  ];

  it.each<[string, unknown, boolean]>([
    ['a result', firewall, true],
    ['results', [firewall, knocking], true],
    ['a rejected one', rejected[0], true],
    ['steps alone', steps, true],
    ['steps that say what was chosen', { steps: bare }, true],
    ['what they break', { check: 'lemma3', kind: 'inconsistent', packet: null, steps: bare }, true],
    ['other keys', { note: 'by hand', steps: bare }, true],
    ['a program by name', { program: { file: 'a.snk', author: 'I' }, options: { semantics: 'two-phase' } }, true],
    ['a misspelt key in a step', { steps: [{ ...bare[0], head: {} }] }, false],
    ['no place', { steps: [{ rule: 'IN', headers: {} }] }, false],
    ['a rule that is none', { steps: [{ rule: 'DROP', at: '1:2' }] }, false],
    ['a place that is none', { steps: [{ rule: 'SW', at: '1' }] }, false],
    ['a check that is none', { check: 'lemma4', steps: bare }, false],
    ['a semantics that is none', { options: { semantics: 'tag' }, steps: bare }, false],
    ['an event below 0', { check: 'lemma3', event: -1, steps: bare }, false],
    ['a counterexample of another kind', { checks: { lemma3: { status: 'violated', counterexample: 1 } } }, false],
    ['how, but not which check', { kind: 'mixture', steps: bare }, false],
    ['steps that are none', { steps: {} }, false],
  ])('%s: the schema says what the reader says', (_, document, isRead) => {
    expect(readDocuments(JSON.stringify(document)).ok).toBe(isRead);
    expect(violations('executions', document).length === 0).toBe(isRead);
  });
});
