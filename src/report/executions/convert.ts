import { assertName, assertOptions, flagOption, nameAmong } from '../../base/options.js';
import { arrayOf, assertArguments, objectWith } from '../../base/taken.js';
import { type CheckName, checkNames } from '../../theorems/checks.js';
import type { ExecutionDocument } from '../read/document.js';
import { toItf } from './itf.js';
import { toMarkdown } from './markdown.js';
import { toMermaid } from './mermaid.js';
import { toPcapng } from './pcapng.js';
import { type Portrait, portray } from './portrait.js';
import { toText } from './text.js';

export const formatNames = ['text', 'markdown', 'itf', 'pcapng', 'mermaid'] as const;

export type FormatName = (typeof formatNames)[number];

export interface ConvertOptions {
  /**
   * The check whose counterexample is converted; by default all counterexamples, or the first one if the format holds
   * one execution.
   */
  readonly check?: CheckName;
  /** `text`: nothing but ASCII; default false. */
  readonly ascii?: boolean;
}

/** A document's executions in another format, or why they cannot be written in it. */
export type Converted =
  | { readonly ok: true; readonly content: string | Uint8Array }
  | { readonly ok: false; readonly why: string };

/**
 * Writes executions in another format, from their documents alone. The executions that break several checks are written
 * once.
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { check, convert, readDocuments } from 'snk-verify';
 *
 * const file = 'models/firewall.snk';
 * const source = readFileSync(file, 'utf8');
 * const { result } = await check(source, file, { semantics: 'best-effort', spec: 'causal' });
 * const reading = readDocuments(JSON.stringify(result));
 * const drawn = reading.ok && convert(reading.documents, 'mermaid', { ascii: true });
 * console.log(drawn && drawn.ok && String(drawn.content).split('\n')[0]); // sequenceDiagram
 * ```
 */
export function convert(
  documents: readonly ExecutionDocument[],
  format: FormatName,
  options: ConvertOptions = {},
): Converted {
  const document = objectWith('a document', 'program', 'options', 'executions');
  assertArguments('convert', {
    documents: [documents, arrayOf('documents, what readDocuments gives as its `documents`', document)],
  });
  assertName('convert', 'format', format, formatNames);
  assertOptions('convert', options, { check: nameAmong(checkNames), ascii: flagOption });
  const portraits: Portrait[] = [];
  const indices = new Map<string, number>();
  for (const document of documents)
    for (const execution of document.executions) {
      if (options.check !== undefined && execution.claim?.check !== options.check) continue;
      const { check, ...how } = execution.claim ?? {};
      const key = JSON.stringify([documents.indexOf(document), execution.steps, how]);
      const same = indices.get(key);
      if (same !== undefined && check !== undefined) {
        portraits[same] = { ...portraits[same]!, breaks: [...portraits[same]!.breaks, check] };
        continue;
      }
      indices.set(key, portraits.length);
      const portrait = portray(document, execution);
      if ('missing' in portrait)
        return {
          ok: false,
          why: `${portrait.missing} is missing; \`snk-verify validate --json\` says what it must be`,
        };
      portraits.push(portrait);
    }
  const [first] = portraits;
  if (!first) {
    const which = options.check === undefined ? 'no execution' : `no counterexample to ${options.check}`;
    return { ok: false, why: `there is ${which} in it` };
  }
  const content = write(format, first, portraits, options);
  return typeof content === 'object' && 'unusable' in content
    ? { ok: false, why: content.unusable }
    : { ok: true, content };
}

function write(format: FormatName, first: Portrait, all: readonly Portrait[], options: ConvertOptions) {
  switch (format) {
    case 'text':
      return toText(all, { ascii: options.ascii ?? false });
    case 'markdown':
      return toMarkdown(all);
    case 'itf':
      return toItf(first);
    case 'pcapng':
      return toPcapng(first);
    case 'mermaid':
      return toMermaid(first);
  }
}
