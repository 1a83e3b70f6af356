import { assertResults } from '../read/read-results.js';
import { findingsOf, statedBy } from '../result/findings.js';
import type { Result } from '../result/result.js';
import { narrate } from '../text/story.js';

/** Text for XML 1.0: characters that it cannot hold, not even escaped, become U+FFFD. */
const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 excludes.
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');

/**
 * Results as JUnit XML, a test suite for each program and a test case for each check: a violation or a rejection is a
 * failure; an unknown verdict is an error, for nobody knows the answer.
 * @example
 * ```ts
 * import { check, showJUnit } from 'snk-verify';
 *
 * const { result } = await check('policy true', 'empty.snk', { engine: 'explore' });
 * console.log(showJUnit([result]).includes('failures="0"')); // true
 * ```
 */
export function showJUnit(results: readonly Result[]): string {
  assertResults('showJUnit', results);
  const suites = results.map((result) => {
    const findings = findingsOf(result);
    const cases = findings.map(({ id, kind, message, counterexample }) => {
      const title = statedBy(id);
      const head = `    <testcase classname="${escapeXml(result.program.file)}" name="${escapeXml(`${id}: ${title}`)}"`;
      if (kind === 'pass') return `${head}/>`;
      const tag = kind === 'fail' ? 'failure' : 'error';
      const steps = counterexample
        ? narrate(counterexample.steps).map((lines, i) => `${i + 1}. ${lines.join('; ')}`)
        : [];
      return `${head}>\n      <${tag} type="${escapeXml(id)}" message="${escapeXml(message)}">${escapeXml(steps.join('\n'))}</${tag}>\n    </testcase>`;
    });
    const count = (wanted: string) => findings.filter(({ kind }) => kind === wanted).length;
    return [
      `  <testsuite name="${escapeXml(result.program.file)}" tests="${findings.length}" failures="${count('fail')}" errors="${count('open')}" skipped="0">`,
      ...cases,
      '  </testsuite>',
    ].join('\n');
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="snk-verify">', ...suites, '</testsuites>'].join(
    '\n',
  );
}
