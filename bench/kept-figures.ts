import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../scripts/set-up.mjs';
import { drawGrowth, type Growth } from './growth/figure.js';
import { drawScale, type Scale } from './scale/figure.js';
import { drawSharing, type Sharing } from './sharing/figure.js';

/** What was measured stands beside the figure, under its name. */
const dataFile = (figure: string): string => figure.replace(/\.svg$/, '.json');

/** Writes what was measured, and the figure that is drawn from it. */
export function writeFigure<T>(figure: string, measured: T, draw: (measured: T) => string): void {
  writeFileSync(dataFile(figure), `${JSON.stringify(measured, undefined, 1)}\n`);
  writeFileSync(figure, draw(measured));
}

export const figuresFolder = path.join(root, 'reports/figures');

const measured = <T>(name: string): T =>
  JSON.parse(readFileSync(path.join(figuresFolder, `${name}.json`), 'utf8')) as T;

export const measuredGrowth = (): Growth => measured('growth');
export const measuredSharing = (): Sharing => measured('figure-13');

export const measuredScale = (): Scale => measured('scale');

/** The figures of reports/figures, by name, drawn from what stands beside them. */
export const keptFigures: Readonly<Record<string, () => string>> = {
  'growth.svg': () => drawGrowth(measuredGrowth()),
  'scale.svg': () => drawScale(measuredScale()),
  'figure-13.svg': () => drawSharing(measuredSharing()),
};
