import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Reading, readProgram } from '../../src/language/read-program.js';
import { showDiagnostics } from '../../src/language/show-diagnostic.js';

const here = fileURLToPath(new URL('./programs/', import.meta.url));
const shared = fileURLToPath(new URL('../../../shared/conformance/programs/', import.meta.url));

/** A conformance program that is kept with these tests. */
export const programText = (name: string): string => readFileSync(`${here}${name}.snk`, 'utf8');

/** Those kept here, and where the checkout has the shared ones beside it, those as well. */
export const programFiles: readonly string[] = [here, ...(existsSync(shared) ? [shared] : [])].flatMap((folder) =>
  readdirSync(folder).map((name) => folder + name),
);

type Accepted = Extract<Reading, { readonly ok: true }>;
type Rejected = Extract<Reading, { readonly ok: false }>;

/** Reads a program that must be right; the failure of the test shows what is wrong with it. */
export function accepted(text: string | Uint8Array): Accepted {
  const reading = readProgram(text, 'test.snk');
  if (!reading.ok) throw new Error(showDiagnostics(reading, { colour: false }));
  return reading;
}

/** Reads a program that must be wrong. */
export function rejected(text: string | Uint8Array): Rejected {
  const reading = readProgram(text, 'test.snk');
  if (reading.ok) throw new Error('the program was accepted');
  return reading;
}

/** Each diagnostic as `line:column rule`. */
export const placesOf = (reading: Rejected): readonly string[] =>
  reading.diagnostics.map(({ line, column, rule }) => `${line}:${column} ${rule}`);

/** A small network for tests of policies. */
export const network = `host H1 @ 1:2;
host H4 @ 4:2;
link 1:1 <-> 4:1;
state [0];
`;

/** The rules that a policy over `network` breaks, with the column in the policy's own line. */
export const policyErrors = (policy: string): readonly string[] =>
  rejected(`${network}policy\n${policy}`).diagnostics.map(({ line, column, rule }) =>
    line === 6 ? `${column} ${rule}` : `${line}:${column} ${rule}`,
  );
