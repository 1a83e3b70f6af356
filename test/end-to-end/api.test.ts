import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { apiPage, apiText } from '../../scripts/api.mjs';

it('docs/api.md is what `npm run api` makes of src/workbench.ts', async () => {
  const made = await apiText();
  expect(readFileSync(apiPage, 'utf8') === made, 'docs/api.md is stale: run `npm run api`').toBe(true);
}, 300_000);
