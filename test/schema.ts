import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Ajv2020, ValidateFunction } from 'ajv/dist/2020.js';

const docs = path.resolve(import.meta.dirname, '../docs');
const schemaOf = (name: string): object =>
  JSON.parse(readFileSync(path.join(docs, `${name}.schema.json`), 'utf8')) as object;

/**
 * Loaded when it is first asked: it takes longer than most test files do, and many hold no document. Strict: a keyword
 * that is misspelt in a schema is a fault, for it would be passed over.
 */
function openAjv(): Ajv2020 {
  const { Ajv2020 } = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false, verbose: true });
  ajv.addSchema(schemaOf('tables'), 'tables');
  ajv.addSchema(schemaOf('result'), 'result');
  ajv.addSchema(schemaOf('difference'), 'difference');
  return ajv;
}
let ajv: Ajv2020 | undefined;

/** What a document may be: the parts of the schemas in docs/ by which one can be judged. */
const documents = {
  tables: 'tables',
  difference: 'difference',
  result: 'result#/$defs/result',
  /** What `validate`, `convert` and `replay` read. */
  executions: 'result#/$defs/executions',
} as const;

const validators = new Map<string, ValidateFunction>();

function validatorOf(name: keyof typeof documents): ValidateFunction {
  ajv ??= openAjv();
  const known = validators.get(name) ?? ajv.getSchema(documents[name]);
  if (!known) throw new Error(`there is no schema of ${name}`);
  validators.set(name, known);
  return known;
}

/** Where a value breaks a schema of docs/: the places, what is wrong there, and the key that is too much. */
export function violations(name: keyof typeof documents, value: unknown): string[] {
  const validate = validatorOf(name);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const key = (params as { readonly additionalProperty?: string }).additionalProperty;
    return `${instancePath || '/'} ${message}${key === undefined ? '' : `: ${key}`}`;
  });
}

/** Fails where a document that a test has made breaks the schema; hands it back otherwise. */
export function hold<Document>(name: keyof typeof documents, document: Document): Document {
  // The document is judged as JSON writes it, without the keys that have no value.
  const broken = violations(name, JSON.parse(JSON.stringify(document)));
  if (broken.length > 0) throw new Error(`this breaks docs/result.schema.json:\n${broken.slice(0, 20).join('\n')}`);
  return document;
}

/**
 * Holds what a command has printed, if it is results: those of `check`, `merge` and `replay` have checks, others do
 * not.
 */
export function holdPrinted(stdout: string): void {
  if (!/^[[{]/.test(stdout) || !/"checks"|"rejected"/.test(stdout)) return;
  for (const document of [JSON.parse(stdout)].flat() as readonly object[])
    if ('tool' in document && !('executions' in document)) hold('result', document);
}
