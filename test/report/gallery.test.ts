import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { galleryFiles, galleryNames, reports } from '../../scripts/gallery.js';

it('reports/ is what `npm run gallery` makes', async () => {
  const files = await galleryFiles();
  expect(galleryNames().sort()).toEqual([...files.keys()].sort());
  const stale = [...files].filter(([name, text]) => {
    const file = path.join(reports, name);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
  expect(stale.map(([name]) => name)).toEqual([]);
}, 600_000);
