/**
 * Runs before every test file: whatever result a test has made, and whatever execution it has read, keeps
 * docs/result.schema.json.
 */
import { vi } from 'vitest';
import { hold } from './schema.js';

vi.mock('../src/verbs/check.js', async (original) => {
  const verb = await original<typeof import('../src/verbs/check.js')>();
  const check: typeof verb.check = async (...question) => {
    const checked = await verb.check(...question);
    // With tables that are of another program, or checks that there are not, there is a complaint, and no result.
    if (!checked.unfit && !checked.unasked) hold('result', checked.result);
    return checked;
  };
  return { ...verb, check: Object.assign(check, { isHeld: true }) };
});

vi.mock('../src/report/read/document.js', async (original) => {
  const reader = await original<typeof import('../src/report/read/document.js')>();
  const readDocuments: typeof reader.readDocuments = (source) => {
    const reading = reader.readDocuments(source);
    if (reading.ok) hold('executions', JSON.parse(source));
    return reading;
  };
  return { ...reader, readDocuments: Object.assign(readDocuments, { isHeld: true }) };
});
