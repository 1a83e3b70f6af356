import { kindOf } from '../steps.js';
import { captions } from './caption.js';
import { endsOf, lanesOf } from './lanes.js';
import { occurringIn, type Portrait } from './portrait.js';
import { copiesOf } from './queues.js';

/** Untrusted text: every character that could have a meaning in Mermaid is written as an entity, such as `#59;`. */
const escaped = (text: string): string =>
  Array.from(text, (c) => (/^[\w .,=:]$/.test(c) ? c : `#${c.codePointAt(0)};`)).join('');

/**
 * An execution as a Mermaid sequence diagram: a step between two processes is an arrow, a step at one process is a
 * note.
 */
export function toMermaid(portrait: Portrait): string {
  const { steps } = portrait;
  const lanes = lanesOf(portrait);
  const ids = new Map(lanes.map(({ key }, i) => [key, `L${i}`]));
  const texts = captions(portrait, copiesOf(steps));
  const isHost = (key: string): boolean => key.startsWith('host');
  const lines = lanes.map(
    ({ key, name }) => `${isHost(key) ? 'actor' : 'participant'} ${ids.get(key)} as ${escaped(name)}`,
  );
  for (const [i, step] of steps.entries()) {
    const [from, to] = endsOf(step, steps).map((key) => ids.get(key)!) as [string, string];
    const text = escaped(`${i + 1} ${texts[i]!}`);
    // Messages of the controller are not packets: they have an open head.
    const arrow = kindOf(step).carries === 'message' ? '--)' : '->>';
    const line = from === to ? `Note over ${from}: ${text}` : `${from}${arrow}${to}: ${text}`;
    for (const one of occurringIn(portrait, i).length > 0 ? ['rect rgb(255, 236, 179)', `  ${line}`, 'end'] : [line])
      lines.push(one);
  }
  return `sequenceDiagram\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
