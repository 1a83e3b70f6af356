import { setUp } from '../scripts/set-up.mjs';

/** Before any test: what is built from the sources is as they are, however the tests were started. */
export const setup = (): Promise<void> => setUp();
