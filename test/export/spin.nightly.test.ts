import { describe, expect, it } from 'vitest';
import { compilableModels, modelSource } from '../compiler/compiled.js';
import { whyNoSpin } from './spin.js';
import { disagreements } from './spin-differences.js';

const missing = whyNoSpin();
if (missing !== undefined) console.warn(`LEFT OUT: SPIN on every model, because ${missing}`);

describe.skipIf(missing !== undefined)('SPIN and the explorer', () => {
  it.each(compilableModels)('agree on %s with 2 packets: every semantics, every check; trails are executions', (name) =>
    expect(disagreements(modelSource(name), 2)).toEqual([]),
  );
});
