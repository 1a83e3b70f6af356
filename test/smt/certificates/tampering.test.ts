import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { tablesOf } from '../../../src/compiler/artefact.js';
import { compileTables } from '../../../src/compiler/compile.js';
import type { Certificate } from '../../../src/smt/certificates/certificate.js';
import { writeScripts } from '../../../src/smt/certificates/scripts.js';
import { obligationsOf } from '../../../src/smt/proofs/obligations.js';
import { tablesObligations } from '../../../src/smt/tables/validate.js';
import { checkNames, checks } from '../../../src/theorems/checks.js';
import { orThrow } from '../../../src/verbs/load.js';
import { recheck } from '../../../src/verbs/prove.js';
import { root } from '../../conformance/expectation.js';
import { modelFile } from '../../models/models.js';
import { provableText } from '../proofs/subjects.js';

interface Stored {
  readonly certificate: string;
  readonly scripts: string;
}

const read = (name: string): Stored => {
  const file = (extension: string) => readFileSync(path.join(root, 'proofs', `${name}.${extension}`), 'utf8');
  return { certificate: file('json'), scripts: file('smt2') };
};
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What re-checking says of a certificate of port knocking that someone has changed. */
async function problems(
  change: (stored: Stored) => Stored,
  source = readFileSync(modelFile('port-knocking'), 'utf8'),
): Promise<readonly string[]> {
  return orThrow(await recheck(source, 'port-knocking.snk', change(read('port-knocking')))).problems;
}

/** Changes the scripts, and makes the certificate agree with them as far as it can. */
const withScripts = (stored: Stored, change: (scripts: string) => string): Stored => {
  const scripts = change(stored.scripts);
  expect(scripts).not.toBe(stored.scripts);
  const certificate = JSON.parse(stored.certificate) as { scripts: { sha256: string } };
  certificate.scripts.sha256 = sha256(scripts);
  return { certificate: JSON.stringify(certificate), scripts };
};

/** The part of the scripts with this name, from its heading on. */
const partOf = (scripts: string, name: string): string => {
  const from = scripts.indexOf(`; == ${name}\n`);
  expect(from).toBeGreaterThan(0);
  const next = scripts.indexOf('; == ', from + 1);
  return scripts.slice(from, next < 0 ? undefined : next);
};

const withCertificate = (stored: Stored, change: (certificate: string) => string): Stored => {
  const certificate = change(stored.certificate);
  expect(certificate).not.toBe(stored.certificate);
  return { ...stored, certificate };
};

describe('a certificate', () => {
  it('is what it says', async () => expect(await problems((stored) => stored)).toEqual([]));

  it.each<readonly [string, (scripts: string) => string, RegExp]>([
    [
      'whose script is emptied',
      (s) => s.replace(partOf(s, 'lemma3/SW/history'), '; == lemma3/SW/history\n(echo "lemma3/SW/history")\n\n'),
      /lemma3\/SW\/history is another in the scripts/,
    ],
    [
      'whose script assumes what it is to show',
      (s) => s.replace('(declare-const happened Events)', '(declare-const happened Events)\n(assert false)'),
      /is another in the scripts/,
    ],
    [
      'whose script proves less',
      (s) => {
        const part = partOf(s, 'causal/SW/occurs');
        return s.replace(part, part.replace(/\(assert \(not .*\n/, '(assert (not (= #b00 #b00)))\n'));
      },
      /causal\/SW\/occurs is another in the scripts/,
    ],
    ['with another digit in a script', (s) => s.replace('#b00', '#b01'), /is another in the scripts/],
    [
      'that lacks a script',
      (s) => s.replace(partOf(s, 'paper/IN/tree'), ''),
      /paper\/IN\/tree is missing in the scripts/,
    ],
    [
      'with a renamed script',
      (s) => s.replaceAll('lemma3/initial', 'lemma3/first'),
      /lemma3\/initial is missing in the scripts/,
    ],
    [
      'with a script too many',
      (s) => `${s}\n; == lemma3/more\n; More.\n(push 1)\n(echo "lemma3/more")\n(assert false)\n(check-sat)\n(pop 1)\n`,
      /lemma3\/more, in the scripts, is no obligation/,
    ],
    ['with a script twice', (s) => `${s}\n${partOf(s, 'lemma3/initial')}`, /lemma3\/initial is twice in the scripts/],
    [
      'with something before the first script',
      (s) => s.replace('(set-logic QF_BV)\n', '(set-logic QF_BV)\n(assert false)\n'),
      /differ from those that the program asks for/,
    ],
    [
      'whose script has an error',
      (s) => s.replace('(declare-const happened Events)', '(declare-const happened Event)'),
      /Z3 \(embedded\): .*error/,
    ],
    [
      'whose script is satisfiable',
      (s) => {
        const part = partOf(s, 'lemma3/SW/copies');
        return s.replace(part, part.replace(/\(assert .*\n/g, ''));
      },
      /Z3 \(embedded\): lemma3\/SW\/copies is not unsatisfiable: sat/,
    ],
  ])('%s is caught', async (_, change, problem) => {
    expect((await problems((stored) => withScripts(stored, change))).join('\n')).toMatch(problem);
  });

  it.each<readonly [string, (certificate: string) => string, RegExp]>([
    ['with a stale hash of the scripts', (c) => c.replace(/("scripts": \{\s*"sha256": ")./, '$1x'), /no SHA-256/],
    [
      'with another hash of the program',
      (c) => c.replace(/("file": "[^"]+",\s*"sha256": ")../, '$100'),
      /program has changed/,
    ],
    [
      'with another hash of the tables',
      (c) => c.replace(/("tables": \{\s*"sha256": ")../, '$100'),
      /tables have changed/,
    ],
    [
      'without an obligation',
      (c) => c.replace(/\{\s*"name": "lemma3\/initial"[^}]*\},/, ''),
      /lemma3\/initial is missing/,
    ],
    ['with a renamed obligation', (c) => c.replace('"lemma3/initial"', '"lemma3/first"'), /lemma3\/first, in the cert/],
    [
      'with another claim',
      (c) => c.replace('Nothing has happened', 'Everything has happened'),
      /lemma3\/initial is another/,
    ],
    ['of another version', (c) => c.replace('"version": 1', '"version": 2'), /version/],
    ['that is no JSON', (c) => c.slice(1), /not JSON/],
    ['with a key that nobody knows', (c) => c.replace('{', '{"trust": true,'), /unknown key/],
  ])('%s is caught', async (_, change, problem) => {
    expect((await problems((stored) => withCertificate(stored, change))).join('\n')).toMatch(problem);
  });

  it('is stale once the program changes', async () => {
    const source = readFileSync(modelFile('port-knocking'), 'utf8');
    const found = await problems(
      (stored) => stored,
      source.replace('state=[2] & pt=2 & ip_dst=H3', 'state=[1] & pt=2 & ip_dst=H3'),
    );
    expect(found.join('\n')).toMatch(/program has changed[\s\S]*tables have changed/);
  });

  it('of something that is not proved cannot be made up', async () => {
    const stored = read('chain-bounce');
    const claimed = withCertificate(stored, (c) =>
      c.replace(/"theorem1.paper": \{[^}]*\}/, '"theorem1.paper": { "status": "proved" }'),
    );
    const found = orThrow(await recheck(readFileSync(modelFile('chain-bounce')), 'chain-bounce.snk', claimed)).problems;
    expect(found.join('\n')).toMatch(/paper\/SW\/counted is missing/);
  });

  it('of something that is not proved is refused by the solver, if it is made up to the letter', async () => {
    const source = readFileSync(modelFile('chain-bounce'), 'utf8');
    const stored = JSON.parse(read('chain-bounce').certificate) as Certificate;
    const provable = provableText(source);
    const obligations = [
      ...tablesObligations(provable, tablesOf(compileTables(provable), stored.program)),
      ...[...obligationsOf(provable, checks).values()].flat(),
    ];
    const scripts = writeScripts(
      `Proof obligations of ${stored.program.file}: ${['tables', ...checkNames].join(', ')}`,
      obligations,
    );
    const forged: Certificate = {
      ...stored,
      checks: { ...stored.checks, 'theorem1.paper': { status: 'proved' } },
      scripts: { sha256: sha256(scripts) },
      obligations: obligations.map(({ name, claim, script }) => ({ name, claim, sha256: sha256(script) })),
    };
    const certificate = JSON.stringify(forged);
    // Whoever asks twice hears it twice.
    for (let time = 0; time < 2; time++)
      expect(orThrow(await recheck(source, 'chain-bounce.snk', { certificate, scripts })).problems).toEqual([
        'Z3 (embedded): paper/SW/counted is not unsatisfiable: sat',
      ]);
  });
});
