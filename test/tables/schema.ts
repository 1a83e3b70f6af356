/** As much of JSON Schema as docs/tables.schema.json uses. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const typeOf = (value: unknown): string =>
  Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : value === null ? 'null' : typeof value;

/** Where a value breaks a schema: the paths, and what of the schema. */
export function violations(root: Schema, value: unknown, schema: Schema = root, path = ''): string[] {
  if (schema.$ref) return violations(root, value, root.$defs![schema.$ref.replace('#/$defs/', '')]!, path);
  const found: string[] = [];
  const demand = (holds: boolean, what: string) => holds || found.push(`${path}: ${what}`);
  const type = typeOf(value);
  if (schema.type) demand([schema.type].flat().includes(type), 'type');
  if ('const' in schema) demand(value === schema.const, 'const');
  if (schema.enum) demand(schema.enum.includes(value), 'enum');
  if (schema.minimum !== undefined) demand((value as number) >= schema.minimum, 'minimum');
  if (schema.maximum !== undefined) demand((value as number) <= schema.maximum, 'maximum');
  if (schema.pattern) demand(new RegExp(schema.pattern).test(String(value)), 'pattern');
  if (schema.items && Array.isArray(value))
    for (const [i, item] of value.entries()) found.push(...violations(root, item, schema.items, `${path}[${i}]`));
  if (type !== 'object') return found;
  const object = value as Readonly<Record<string, unknown>>;
  for (const key of schema.required ?? []) demand(Object.hasOwn(object, key), `required ${key}`);
  for (const [key, item] of Object.entries(object)) {
    if (schema.propertyNames) found.push(...violations(root, key, schema.propertyNames, `${path} key`));
    const below = schema.properties?.[key] ?? schema.additionalProperties;
    demand(below !== false, `additional ${key}`);
    if (typeof below === 'object') found.push(...violations(root, item, below, `${path}.${key}`));
  }
  return found;
}
