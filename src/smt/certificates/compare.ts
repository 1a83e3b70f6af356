import type { Obligation } from '../solver/obligation.js';
import type { Certificate } from './certificate.js';
import { splitScripts, writeScripts } from './scripts.js';

/** What a certificate should contain, made again from the program. */
export interface Regenerated {
  readonly program: { readonly sha256: string };
  readonly tables: { readonly sha256: string } | undefined;
  /** The obligations of the checks that the certificate says are proved. */
  readonly obligations: readonly Obligation[];
  readonly title: string;
}

/**
 * Where a stored certificate and its scripts differ from what the program asks for, each in a line: a hash that is
 * stale, an obligation that is missing, changed, renamed, or one too many. Nothing that is stored is believed.
 */
export function compareCertificate(
  stored: { readonly certificate: Certificate; readonly scripts: string },
  wanted: Regenerated,
  sha256: (text: string) => string,
): string[] {
  const { certificate, scripts } = stored;
  const problems: string[] = [];
  if (certificate.program.sha256 !== wanted.program.sha256)
    problems.push('the program has changed since it was proved (its hash is another)');
  if (certificate.tables?.sha256 !== wanted.tables?.sha256)
    problems.push('the tables have changed since they were proved (their hash is another)');
  if (certificate.scripts.sha256 !== sha256(scripts))
    problems.push('the scripts have another hash than the certificate says');

  for (const one of compareLists(
    'the certificate',
    certificate.obligations.map(({ name, claim, sha256 }) => ({ name, text: `${sha256} ${claim}` })),
    wanted.obligations.map(({ name, claim, script }) => ({ name, text: `${sha256(script)} ${claim}` })),
  ))
    problems.push(one);
  const expected = writeScripts(wanted.title, wanted.obligations);
  if (scripts !== expected) {
    const differences = compareLists('the scripts', splitScripts(scripts), splitScripts(expected));
    for (const one of differences.length > 0
      ? differences
      : ['the scripts differ from those that the program asks for'])
      problems.push(one);
  }
  return problems;
}

interface Named {
  readonly name: string;
  readonly text: string;
}

function compareLists(where: string, stored: readonly Named[], wanted: readonly Named[]): string[] {
  const problems: string[] = [];
  const byName = new Map<string, string>();
  for (const { name, text } of stored) {
    if (byName.has(name)) problems.push(`${name} is twice in ${where}`);
    byName.set(name, text);
  }
  const names = new Set(wanted.map(({ name }) => name));
  for (const { name, text } of wanted) {
    const found = byName.get(name);
    if (found === undefined) problems.push(`${name} is missing in ${where}`);
    else if (found.trimEnd() !== text.trimEnd())
      problems.push(`${name} is another in ${where} than the program asks for`);
  }
  for (const name of byName.keys())
    if (!names.has(name)) problems.push(`${name}, in ${where}, is no obligation of the program`);
  return problems;
}
