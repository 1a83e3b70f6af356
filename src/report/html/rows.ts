/** Where the rows of a diagram are, one for each step: as high as the sentences beside them need. */
export interface Rows {
  /** Pixels from the top of the first row to the top of a step's row, counted from 0; past the last, to the end. */
  readonly top: (step: number) => number;
}

/** The least height of a row, and that of a line of a sentence, with what is above and below it. */
const row_px = 38;
const line_px = 17;
const around_px = 4;
/** Pixels of a character of a sentence, about, and what is left of a row beside its number. */
const character_px = 7;
const number_px = 62;

/** Rows that are all as low as can be. */
export const lowRows: Rows = { top: (step) => step * row_px };

/** Rows of these heights. */
export function rowsOf(heights_px: readonly number[]): Rows {
  const tops = [0];
  for (const height of heights_px) tops.push(tops[tops.length - 1]! + height);
  return { top: (step) => tops[Math.max(0, Math.min(step, heights_px.length))]! };
}

/** How high the rows are likely to be beside sentences in a column of that width: the page's script measures them. */
export function likelyHeights(sentences: readonly (readonly string[])[], width_px: number): number[] {
  const characters = Math.max(1, Math.floor((width_px - number_px) / character_px));
  return sentences.map((lines) => {
    const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / characters)), 0);
    return Math.max(row_px, rows * line_px + around_px);
  });
}
