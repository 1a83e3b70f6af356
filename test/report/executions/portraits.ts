import { readFileSync } from 'node:fs';
import { type Portrait, portray } from '../../../src/report/executions/portrait.js';
import { type ExecutionDocument, readDocuments } from '../../../src/report/read/document.js';
import { type CheckOptions, check } from '../../../src/workbench.js';

/** The document of a model's result. */
export async function documentOf(model: string, options: CheckOptions): Promise<ExecutionDocument> {
  const file = `models/${model}.snk`;
  const { result } = await check(readFileSync(file), file, options);
  const reading = readDocuments(JSON.stringify(result));
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  return reading.documents[0]!;
}

/** The executions of a document, as formats take them. */
export const portraitsOf = (document: ExecutionDocument): Portrait[] =>
  document.executions.map((execution) => {
    const portrait = portray(document, execution);
    if ('missing' in portrait) throw new Error(portrait.missing);
    return portrait;
  });

/**
 * Executions with each variant of the rules; among them are copies, rewritten headers, drops, items of the controller,
 * and an exit inside the network.
 */
export const rows: readonly (readonly [model: string, options: CheckOptions])[] = [
  ['firewall', { semantics: 'two-phase' }],
  ['port-knocking', { semantics: 'figure6' }],
  ['visible-counter', { semantics: 'tagged' }],
  ['multicast', { semantics: 'best-effort' }],
  ['nat', { semantics: 'best-effort' }],
  ['ring-3', { semantics: 'best-effort' }],
];

/** What attackers and careless people write into names, values and explanations. */
export const hostile: readonly string[] = [
  '</script><script>alert(1)</script>',
  '"\'`|*_#;<b>&amp;',
  '``` \n```\n# heading',
  '\u202egnp.exe\u200b\u0000\u001b[31m',
  '@octocat #1 https://example.com [x](javascript:x)',
  'end',
  '%%{init: {}}%%',
  'a|b \\| c',
  '漢字🙂',
  'x'.repeat(10_000),
];

/** The portrait with such a text in every name and value. */
export function vandalised(portrait: Portrait, text: string): Portrait {
  const { document, claim } = portrait;
  const renamed = (value: string | number) => (typeof value === 'number' || value === 'other' ? value : value + text);
  const headers = (shown: object) =>
    Object.fromEntries(Object.entries(shown).map(([key, value]) => [key, renamed(value)]));
  const steps = portrait.steps.map((step) => {
    if (step.rule === 'IN') return { ...step, headers: headers(step.headers) };
    if (step.rule === 'OUT') return { ...step, host: step.host === null ? null : step.host + text };
    if (step.rule !== 'SW') return step;
    return { ...step, outputs: step.outputs.map((output) => ({ ...output, headers: headers(output.headers) })) };
  });
  const { hosts, fields, ...network } = document.network!;
  return {
    ...portrait,
    document: {
      ...document,
      program: { file: text },
      network: {
        ...network,
        hosts: hosts.map((host) => ({ ...host, name: host.name + text })),
        fields: fields.map((field) => ({ ...field, domain: field.domain.map(renamed) })),
      },
      statuses: Object.fromEntries(Object.keys(document.statuses).map((name) => [name, text])),
    },
    claim: claim && { ...claim, explanation: text },
    steps,
  };
}
