import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstReason, maxDiagnostics } from '../../src/language/diagnostics.js';
import { printProgram } from '../../src/language/print-program.js';
import { type Reading, readProgram } from '../../src/language/read-program.js';
import { showDiagnostics } from '../../src/language/show-diagnostic.js';
import { network, programFiles } from './programs.js';

/** Generous, for slow machines; what is quadratic in 5 MB takes hours. */
const bound_ms = 60_000;

/**
 * Reads any input and checks what every reading promises: a program, or diagnostics that are sorted, capped, inside the
 * text and can be shown. An exception fails the test.
 */
function survive(source: string | Uint8Array): Reading {
  const reading = readProgram(source, 'any.snk');
  if (reading.ok) {
    expect(readProgram(printProgram(reading.ast), 'printed.snk').ok).toBe(true);
    return reading;
  }
  const { diagnostics, text } = reading;
  expect(diagnostics.length).toBeGreaterThan(0);
  expect(diagnostics.length).toBeLessThanOrEqual(maxDiagnostics);
  expect(firstReason(diagnostics)).toBeDefined();
  for (const [i, { span, line, column }] of diagnostics.entries()) {
    expect(span.start).toBeGreaterThanOrEqual(diagnostics[i - 1]?.span.start ?? 0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
    expect(line).toBeGreaterThanOrEqual(1);
    expect(column).toBeGreaterThanOrEqual(1);
  }
  showDiagnostics(reading, { colour: false });
  return reading;
}

const tokens = fc.constantFrom(
  ...'host link field state let policy in ip mac true false drop id sw pt ip_dst src vlan_id H1 H4 a _ 0 1 2 99999999999999999999'.split(
    ' ',
  ),
  ...'10.0.0.1 1.2 00:00:00:00:00:01 1:1 4:1 ( ) [ ] { } < > , ; : @ + * & | ! = != <- -> <-> - ∧ ∨ ¬ ≠ ← → ⟨ ⟩ $ 日'.split(
    ' ',
  ),
  '(1:1)->(4:1)',
  'state<-[1]',
  'state=[0]',
  '# c\n',
);
const files = programFiles.map((file) => readFileSync(file));

describe('readProgram never throws', { timeout: bound_ms }, () => {
  it('on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void survive(bytes)),
      { numRuns: 500 },
    );
  });

  it('on random text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void survive(text)),
      { numRuns: 500 },
    );
  });

  it('on token soup, alone and after good declarations', () => {
    const soup = fc.array(tokens, { maxLength: 60 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(soup, fc.constantFrom('', 'policy ', `${network}policy `), (text, head) => void survive(head + text)),
      {
        numRuns: 2000,
      },
    );
  });

  it('on every truncation of a program', () => {
    const text = readFileSync(programFiles.find((file) => file.endsWith('learning_switch.snk'))!);
    for (let length = 0; length <= text.length; length++) survive(text.subarray(0, length));
  });

  it('on mutations of programs', () => {
    const edit = fc.record({
      at: fc.nat(),
      removed: fc.nat({ max: 3 }),
      added: fc.oneof(tokens, fc.constant(''), fc.string({ maxLength: 2 })),
    });
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.array(edit, { minLength: 1, maxLength: 4 }), (file, edits) => {
        let text = new TextDecoder().decode(file);
        for (const { at, removed, added } of edits) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + added + text.slice(place + removed);
        }
        survive(text);
      }),
      { numRuns: 2000 },
    );
  });
});

const rulesOf = (reading: Reading): readonly string[] =>
  reading.ok ? [] : reading.diagnostics.map(({ rule }) => rule);

describe('nesting', () => {
  const inParentheses = (n: number): string => `${network}policy ${'('.repeat(n)}pt=1${')'.repeat(n)}`;

  it('10,000 parentheses cost nothing; too many open ones are an error', () => {
    expect(survive(inParentheses(10_000)).ok).toBe(true);
    expect(rulesOf(survive(inParentheses(20_001)))).toEqual(['SNK013']);
    expect(rulesOf(survive(`policy ${'('.repeat(10_000)}pt=1`))).toEqual(['SNK006']);
  });

  it.each(['!', '!('])('%s up to the limit, and beyond it', (open) => {
    const nested = (n: number): string => `policy ${open.repeat(n)}true${')'.repeat(open.length > 1 ? n : 0)}`;
    expect(survive(nested(499)).ok).toBe(true);
    expect(rulesOf(survive(nested(500)))).toEqual(['SNK013']);
    expect(rulesOf(survive(nested(10_000)))).toEqual(['SNK013']);
  });

  it('stars, and alternating operators', () => {
    expect(survive(`policy true${'*'.repeat(499)}`).ok).toBe(true);
    expect(rulesOf(survive(`policy true${'*'.repeat(10_000)}`))).toEqual(['SNK013']);
    const alternating = (n: number): string => `policy ${'(pt=1; (pt=2 + '.repeat(n)}true${'))'.repeat(n)}`;
    expect(survive(alternating(249)).ok).toBe(true);
    expect(rulesOf(survive(alternating(5000)))).toEqual(['SNK013']);
  });

  it('sequences in parentheses are one level', () => {
    expect(survive(`policy ${'(true; '.repeat(5000)}true${')'.repeat(5000)}`).ok).toBe(true);
    expect(survive(`policy ${'('.repeat(5000)}true${'; true)'.repeat(5000)}`).ok).toBe(true);
  });
});

describe('expansion of lets', () => {
  const doubling = (n: number): string =>
    [
      'let a0 = pt=1;',
      ...Array.from({ length: n }, (_, i) => `let a${i + 1} = (pt=1; a${i} + a${i});`),
      `policy a${n}`,
    ].join('\n');
  const chain = (n: number): string =>
    ['let a0 = pt=1;', ...Array.from({ length: n }, (_, i) => `let a${i + 1} = !a${i};`), `policy a${n}`].join('\n');

  it('up to 200,000 nodes, whatever the number of lets', () => {
    const reading = readProgram(doubling(15), 'doubling.snk');
    expect(reading.ok).toBe(true);
    expect(rulesOf(survive(doubling(17)))).toEqual(['SNK014']);
    expect(rulesOf(survive(doubling(3000)))).toEqual(['SNK014']);
    const text = doubling(12);
    const many = text.replace(/a12$/, Array(13).fill('a12').join(' + '));
    expect(rulesOf(survive(many))).toEqual(['SNK014']);
    expect(rulesOf(readProgram(text.replace(/a12$/, Array(5).fill('a12').join(' + ')), 'few.snk'))).toEqual([]);
  });

  it('up to 500 levels', () => {
    expect(survive(chain(499)).ok).toBe(true);
    expect(rulesOf(survive(chain(500)))).toEqual(['SNK013']);
    expect(rulesOf(survive(chain(3000)))).toEqual(['SNK013']);
  });

  it('does not limit what the text itself says', () => {
    expect(readProgram(`policy ${'pt<-1; '.repeat(250_000)}id`, 'long.snk').ok).toBe(true);
  });
});

describe('large inputs', () => {
  const MB = 1_000_000;
  it.each([
    [5, '(', 'policy '],
    [5, ')', 'policy true'],
    [5, 'pt<-1;', `${network}policy `],
    [5, '\0', ''],
    [5, 'a', ''],
    [5, '1.', ''],
    [5, 'ab:', ''],
    [5, '#', ''],
    [1, '!', 'policy '],
    [1, '&', 'policy '],
    [1, '*', 'policy true'],
    [1, '[', 'policy '],
    [1, 'x+', 'policy '],
    [1, '1,', `${network}policy state=[`],
    [1, '(1:1)->(', 'policy '],
    [1, 'let a=true;', ''],
    [1, 'host H1 @ 1:2;', ''],
    [1, '1:', ''],
    [1, '9', ''],
    [1, '日', ''],
    [1, '\ud800 ', 'policy '],
    [1, '\r\n', ''],
    [1, 'policy ', ''],
  ])('%i MB of %j after %j', { timeout: bound_ms }, (size, piece, head) => {
    const reading = readProgram(head + piece.repeat(Math.ceil((size * MB) / piece.length)), 'large.snk');
    if (!reading.ok) expect(showDiagnostics(reading, { colour: false }).length).toBeLessThan(100_000);
  });

  it('5 MB of bytes that are no UTF-8', { timeout: bound_ms }, () => {
    expect(rulesOf(survive(new Uint8Array(5 * MB).fill(0xff)))).toContain('SNK001');
  });

  it('unknown names among many known ones', { timeout: bound_ms }, () => {
    const hosts = Array.from({ length: 20_000 }, (_, i) => `host H${i} @ ${i}:1;`).join('');
    survive(`${hosts}policy ${Array.from({ length: 20_000 }, (_, i) => `ip_dst=X${i}`).join('+')}`);
  });
});
