import mermaid from 'mermaid';
import { describe, expect, it } from 'vitest';
import { toMarkdown } from '../../../src/report/executions/markdown.js';
import { toMermaid } from '../../../src/report/executions/mermaid.js';
import { documentOf, hostile, portraitsOf, rows, vandalised } from './portraits.js';

/** A sequence diagram, by Mermaid's own parser. */
const parsed = (text: string) => mermaid.parse(text);

describe('sequence diagrams', () => {
  it.each([...rows])('of %s, %o are Mermaid', async (model, options) => {
    for (const portrait of portraitsOf(await documentOf(model, options))) {
      const diagram = toMermaid(portrait);
      expect(await parsed(diagram)).toMatchObject({ diagramType: 'sequence' });
      const numbered = diagram.match(/: \d+ /g);
      expect(numbered).toEqual(portrait.steps.map((_, i) => `: ${i + 1} `));
    }
  });

  it.each(hostile.map((text) => [text.slice(0, 40), text]))('hold %j as text', async (_, text) => {
    const [portrait] = portraitsOf(await documentOf('firewall', { semantics: 'best-effort' }));
    const diagram = toMermaid(vandalised(portrait!, text));
    expect(await parsed(diagram)).toMatchObject({ diagramType: 'sequence' });
    // As many lines as without it: nothing of it is syntax.
    expect(diagram.split('\n')).toHaveLength(toMermaid(portrait!).split('\n').length);
  });

  it('are not what the parser takes anything for', async () => {
    const [portrait] = portraitsOf(await documentOf('firewall', { semantics: 'best-effort' }));
    await expect(parsed(toMermaid(portrait!).replace('->>', '=>>'))).rejects.toThrow('Parse error');
  });
});

describe('Markdown', () => {
  it.each([...rows])('of %s, %o has a row for each step', async (model, options) => {
    const portraits = portraitsOf(await documentOf(model, options));
    const rowsOf = toMarkdown(portraits).match(/^\| (\*\*)?\d+(\*\*)? \| [A-Z]+ \| .* \|$/gm);
    expect(rowsOf).toHaveLength(portraits.reduce((sum, { steps }) => sum + steps.length, 0));
  });

  it.each(hostile.map((text) => [text.slice(0, 40), text]))('holds %j in code alone', async (_, text) => {
    const [portrait] = portraitsOf(await documentOf('firewall', { semantics: 'best-effort' }));
    const plain = toMarkdown([portrait!]);
    const markdown = toMarkdown([vandalised(portrait!, text)]);
    expect(markdown.split('\n')).toHaveLength(plain.split('\n').length);
    const [before, diagram] = markdown.split('```mermaid\n');
    expect(diagram!.split('\n```\n')).toHaveLength(2);
    // Code spans (CommonMark 6.1): a run of backticks up to the next run of the same length. What is left is ours.
    const rest = before!.replaceAll(/(?<!`)(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g, 'CODE');
    expect(rest).not.toContain('`');
    expect(rest).toMatch(/^[\n -~]*$/);
    expect(rest.replaceAll(/<br>|<\/?(details|summary)>/g, '')).not.toMatch(/[<&@[\]]|https?:|alert/);
    // In a table a bar ends the cell even within code.
    for (const row of before!.split('\n').filter((line) => /^\| (\*\*)?\d/.test(line)))
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
  });
});
