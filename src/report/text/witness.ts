import type { ShownCheck, ShownWitness } from '../result/result.js';
import type { Palette } from './palette.js';
import { narrate } from './story.js';
import { wrap } from './wrap.js';

/** The checks of properties among those of a result, by their names. */
export const propertiesIn = (checks: object): (readonly [string, ShownCheck])[] =>
  Object.entries(checks).filter(([name]) => name.startsWith('property.'));

/** An execution that satisfies what a property is about and keeps it, as a story; or why there is none. */
export function witnessLines(title: string, witness: ShownWitness, { bold, yellow, dim }: Palette): string[] {
  switch (witness.status) {
    case 'none':
      return [`  ${bold(`No execution within the bounds satisfies what ${title} is about, and keeps it`)}`];
    case 'unknown':
      return wrap(`${yellow('unknown')}: whether an execution satisfies what ${title} is about: ${witness.why}`, '  ');
    case 'found': {
      const { steps } = witness;
      const width = String(steps.length).length;
      const indent = ' '.repeat(width + 16);
      const told = narrate(steps);
      const lines = steps.flatMap(({ rule }, i) => {
        const [first, ...more] = told[i]!;
        const number = dim(String(i + 1).padStart(width));
        return [`    ${number}  ${rule.padEnd(8)}  ${first}`, ...more.map((line) => `${indent}${line}`)];
      });
      return [`  ${bold(`An execution that satisfies what ${title} is about, and keeps it`)}`, '', ...lines];
    }
  }
}
