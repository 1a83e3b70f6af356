import { describe, expect, it } from 'vitest';
import { compilableModels, modelSource } from '../compiler/compiled.js';
import { whyNoSpin } from './spin.js';
import { disagreements, promelaOf } from './spin-differences.js';

const missing = whyNoSpin();
if (missing !== undefined) console.warn(`LEFT OUT: SPIN on every model, because ${missing}`);

/** They take SPIN long, and tell it nothing that smaller rings do not: `spin.nightly.test.ts`. */
const large = ['ring-5', 'ring-6', 'ring-7', 'ring-8'];

describe.skipIf(missing !== undefined)('SPIN and the explorer', () => {
  it.each(compilableModels.filter((name) => !large.includes(name)))(
    'agree on %s with 2 packets: every semantics, every check; trails are executions',
    (name) => expect(disagreements(modelSource(name), 2)).toEqual([]),
  );

  it.each([
    // Rules and definitions that are broken, each where a model shows it.
    [
      'a switch that learns nothing',
      'firewall',
      'if :: detected -> tell(learned) :: else fi;\n    eventSet[n] = learned',
      'skip',
    ],
    [
      'a controller that passes on all it knows',
      'port-knocking',
      'all = eventSet[n] | (1 << e)\n',
      'all = eventSet[n] | known[v]\n',
    ],
    ['no packet too late', 'firewall', '|| hi >= i + 1', '|| true'],
  ])('disagree if there is %s', (_, name, rule, fault) => {
    const source = modelSource(name);
    const text = promelaOf(source, 2);
    expect(text.split(rule)).toHaveLength(2);
    expect(
      disagreements(
        source,
        2,
        text.replace(rule, () => fault),
      ),
    ).not.toEqual([]);
  });
});
