import { describe, expect, it } from 'vitest';
import { compilableModels, modelSource } from '../compiler/compiled.js';
import { whyNoSpin } from './spin.js';
import { disagreements, disagreementsAsExported, promelaOf } from './spin-differences.js';

const missing = whyNoSpin();
if (missing !== undefined) console.warn(`LEFT OUT: SPIN on every model, because ${missing}`);

/** They take SPIN long, and tell it nothing that smaller rings do not: `spin.nightly.test.ts`. */
const large = ['ring-5', 'ring-6', 'ring-7', 'ring-8'];

describe.skipIf(missing !== undefined)('SPIN and the explorer', () => {
  it.each(compilableModels.filter((name) => !large.includes(name)))(
    'agree on %s with 2 packets: every semantics, every check; trails are executions',
    (name) => expect(disagreements(modelSource(name), 2)).toEqual([]),
  );

  it.each(['firewall', 'multicast', 'port-knocking'])(
    'agree on %s as it is exported for one semantics and one check, with room for no more',
    (name) => expect(disagreementsAsExported(modelSource(name), 2)).toEqual([]),
  );

  it.each([
    // Rules and definitions that are broken, each where a model shows it.
    ['a tag that is not stamped', 'port-knocking', '(SEMANTICS == BEST_EFFORT -> 0 : x), 0, 1)', '0, 0, 1)'],
    ['an event that nothing enables', 'ids', '!((heard >> e) & 1) && ENABLES(heard, e) &&', '!((heard >> e) & 1) &&'],
    [
      'a digest that is not passed on',
      'chain-bounce',
      'queueCopy(moves[first + i], q, lo, learned, 0)',
      'queueCopy(moves[first + i], q, lo, 0, 0)',
    ],
    [
      'a switch that learns nothing',
      'firewall',
      'if :: detected -> tell(learned) :: else fi;\n    eventSet[n] = learned',
      'skip',
    ],
    ['a controller that is told what has not happened', 'port-knocking', 'tell(1 << e)', 'tell(ALL)'],
    ['a controller that is not told', 'concurrent-pair', 'tell(e)', 'skip'],
    [
      'forwarding by the first configuration',
      'port-knocking',
      '-> G(eventSet[kindSwitch[kind[c]]]) : tag[c])',
      '-> 0 : tag[c])',
    ],
    [
      'a controller that forgets',
      'concurrent-pair',
      'ITEMS_ARE_SETS -> all = all | controllerQueue[j]',
      'ITEMS_ARE_SETS -> all = controllerQueue[j]',
    ],
    [
      'a controller that passes on all it knows',
      'port-knocking',
      'all = eventSet[n] | (known[v] & (1 << e))',
      'all = eventSet[n] | known[v]',
    ],
    ['no order along a copy', 'learning-switch-two-hosts', 'pastJoins(copyEvents[c], copySteps, c)', 'skip'],
    ['no order through the controller', 'concurrent-pair', 'pastJoins(versionEvents[v], versionSteps, v);', ''],
    ['no order at a switch', 'firewall', 'turn = ANYONE; keepPast(switchEvents[n], switchSteps, n)', 'turn = ANYONE'],
    [
      'a switch that may know what is no event-set',
      'port-knocking',
      'assert(G(eventSet[n]) != UNDEFINED); all =',
      'all =',
    ],
    ['no packet too late', 'firewall', '|| hi >= i + 1', '|| true'],
    ['no packet too late, causally', 'firewall', '!(before[q] & ~family[i]) &&', ''],
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
