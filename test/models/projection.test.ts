import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { project } from '../../src/events/projection.js';
import type { StateVector } from '../../src/language/program.js';
import { configuration } from '../../src/netkat/configuration.js';
import { grow, treeTable } from '../../src/netkat/tree.js';
import { allEntries } from '../oracle/brute-force.js';
import { settingOf } from '../oracle/setting.js';
import { modelFile, models } from './models.js';

/**
 * A model without comments and without `ordered`, which says how events are named and not what packets do; in ASCII.
 */
const sourceOf = (name: string): string =>
  readFileSync(modelFile(name), 'utf8')
    .replaceAll(/^(#|ordered ).*\n/gm, '')
    .replaceAll('∧', '&')
    .replaceAll('←', '<-')
    .replaceAll('→', '->')
    .replaceAll('⟨', '<')
    .replaceAll('⟩', '>');

/**
 * `[p]k` on the text itself, the plainest reading of the paper's Figure 5 (spec 1.3): state tests become `true` or
 * `false`, links that assign state lose what they assign.
 */
function projectText(source: string, state: StateVector): string {
  return source
    .replaceAll(/->[<(]state(\(\d+\))?<-(\[[^\]]*\]|\d+)[>)]/g, '')
    .replaceAll(/state\((\d+)\)(!?=)(\d+)/g, (_, component: string, relation: string, value: string) =>
      String((state[Number(component)] === Number(value)) === (relation === '=')),
    )
    .replaceAll(/state(!?=)\[([^\]]*)\]/g, (_, relation: string, vector: string) =>
      String(vector.split(',').every((value, i) => Number(value) === state[i]) === (relation === '=')),
    );
}

describe('ProjectionIsSubstitution: [p]k treats every packet as the text with its state tests replaced does', () => {
  it.each(Object.keys(models).filter((name) => !/^ring-[5-8]$/.test(name)))('%s', (name) => {
    const source = sourceOf(name);
    const setting = settingOf(source);
    const { program } = setting;
    const entries = allEntries(setting);
    const vectors = fc.tuple(...program.initial.map(() => fc.integer({ min: 0, max: 5 })));
    fc.assert(
      fc.property(vectors, (state) => {
        const text = projectText(source, state);
        // The declaration alone may still speak of state.
        if (/state\s*[(!=<]/.test(text)) throw new Error(`there is state left in ${text}`);
        const plain = settingOf(text).program;
        const table = treeTable();
        const [projected, substituted] = [project(program.policy, state), project(plain.policy, [0])];
        const [one, other] = [configuration(projected), configuration(substituted)];
        for (const { at, headers } of entries) {
          const a = grow(table, program.topology, one, headers, at);
          const b = grow(table, plain.topology, other, headers, at);
          if (a.kind !== 'tree' || b.kind !== 'tree') throw new Error(`no tree: ${a.kind}, ${b.kind}`);
          if (a.tree !== b.tree) return false;
        }
        return true;
      }),
      { numRuns: 12 },
    );
  });
});
