import { InvalidArgumentError, Option } from 'commander';
import { type Result, sarifOf, showJUnit, version } from '../workbench.js';

/** How results are written: for people, or as one document for machines. */
export const formats = ['text', 'json', 'junit', 'sarif'] as const;
export type Format = (typeof formats)[number];

export const formatOption = (): Option =>
  new Option('--format <name>', 'text, or one document for machines: json, JUnit XML, SARIF 2.1.0')
    .choices(formats)
    .default('text');

/** One document of all results. JSON on one file is an object, unless a list is wanted whatever there is in it. */
export function documentOf(results: readonly Result[], format: Exclude<Format, 'text'>, list: boolean): string {
  switch (format) {
    case 'json':
      return JSON.stringify(results.length === 1 && !list ? results[0] : results, null, 2);
    case 'junit':
      return showJUnit(results);
    case 'sarif':
      return JSON.stringify(sarifOf(results, version), null, 2);
  }
}

/** Which part of the files a machine takes: the `index`-th, from 1, of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** `i/n`, as an option's value. */
export function shard(text: string): Shard {
  const [, index = 0, count = 0] = /^(\d{1,6})\/(\d{1,6})$/.exec(text)?.map(Number) ?? [];
  if (index < 1 || index > count) throw new InvalidArgumentError('A part such as 2/5 is wanted, from 1/5 to 5/5.');
  return { index, count };
}

/** The files of a shard: every `count`-th, so that neighbours, which are often alike, are spread. */
export const filesOf = (files: readonly string[], { index, count }: Shard): string[] =>
  files.filter((_, i) => i % count === index - 1);
