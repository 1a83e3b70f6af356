/** `npx tsx bench/draw.ts`: draws the figures of reports/figures again, from what was measured when they were made. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { figuresFolder, keptFigures } from './kept-figures.js';

for (const [name, draw] of Object.entries(keptFigures)) writeFileSync(path.join(figuresFolder, name), draw());
