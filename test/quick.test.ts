import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { slow } from '../vitest.config.js';

const root = path.dirname(import.meta.dirname);

it.each(slow)('%s, which quick tests leave out, is there', (name) => {
  const file = path.join(root, name);
  expect(existsSync(file), 'it has moved: mend the list `slow` in vitest.config.ts').toBe(true);
  expect(statSync(file).isDirectory()).toBe(name.endsWith('/'));
});
