import pc from 'picocolors';

/** Colours for a terminal, or functions that leave text as it is. */
export type Palette = Pick<typeof pc, 'bold' | 'dim' | 'green' | 'red' | 'yellow'>;

export const palette = (colour: boolean): Palette => pc.createColors(colour);
