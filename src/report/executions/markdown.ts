import { namesIn } from '../../theorems/checks.js';
import { code } from '../markdown.js';
import { titleOfCheck } from '../result/checks.js';
import { narrate } from '../text/story.js';
import { toMermaid } from './mermaid.js';
import { occurringIn, type Portrait } from './portrait.js';
import { checksOf, titleOf } from './text.js';

/** Code in a cell of a table, where a bar would end the cell even within code. */
const cell = (text: string): string => code(text).replaceAll('|', '\\|');

/** Executions for a pull request (GitHub's Markdown): verdicts, a table of the steps, a sequence diagram. */
export const toMarkdown = (portraits: readonly Portrait[]): string =>
  portraits.map((portrait) => `${sectionOf(portrait).join('\n')}\n`).join('\n');

function sectionOf(portrait: Portrait): string[] {
  const { claim, breaks, steps, document } = portrait;
  const told = narrate(steps);
  const rows = steps.map((step, i) => {
    const occurs = occurringIn(portrait, i).map((event) => `e${event} occurs here`);
    const isAtFault = 'packet' in step && claim?.packet === step.packet;
    const what = [...told[i]!, ...occurs].map(cell).join('<br>');
    return `| ${isAtFault ? `**${i + 1}**` : i + 1} | ${step.rule} | ${what} |`;
  });
  const verdicts = namesIn(document.statuses).map(
    (name) => `| ${titleOfCheck(name)} | ${cell(document.statuses[name]!)} |`,
  );
  const how = claim?.kind ? `: ${claim.kind}` : '';
  const bold = claim?.packet === undefined || claim.packet === null ? [] : [`In bold: packet ${claim.packet}.`, ''];
  return [
    `### ${breaks.length === 0 ? 'An execution' : `${checksOf(breaks)} ${breaks.length > 1 ? 'are' : 'is'} broken${how}`}`,
    '',
    code(titleOf(portrait)),
    '',
    ...(claim?.explanation === undefined ? [] : [code(claim.explanation), '']),
    ...(verdicts.length > 0 ? ['| check | verdict |', '|---|---|', ...verdicts, ''] : []),
    '| step | rule | what happens |',
    '|--:|---|---|',
    ...rows,
    '',
    ...bold,
    '<details><summary>Sequence diagram</summary>',
    '',
    '```mermaid',
    toMermaid(portrait).trimEnd(),
    '```',
    '',
    '</details>',
  ];
}
