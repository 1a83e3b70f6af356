/**
 * Prints the closing line of CI, 'N passed, N failed, N skipped', from what the last run of the tests wrote down. Exit
 * status 1 if a test failed, if a file of tests could not be run, or if no test passed or failed at all.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { root } from './set-up.mjs';

export const resultsFile = path.join(root, '.test-results/vitest.json');

/** A file of tests that fails before its first test counts as one failure. */
function tally() {
  /** @type {{ success: boolean, testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  const { success, testResults } = JSON.parse(readFileSync(resultsFile, 'utf8'));
  const tests = testResults.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const failed_tests = tests.filter((test) => test.status === 'failed').length;
  const broken_files = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const failed = failed_tests + broken_files;
  const skipped = tests.length - passed - failed_tests;
  return { passed, failed, skipped, success: success && failed === 0 && passed > 0 };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { passed, failed, skipped, success } = tally();
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
    process.exitCode = success ? 0 : 1;
  } catch (error) {
    console.error(`No results of tests: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
