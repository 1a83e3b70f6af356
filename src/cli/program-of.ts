import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { printable } from '../base/printable.js';
import type { ExecutionDocument } from '../workbench.js';
import { readSource } from './files.js';

/** The program that a document speaks of; `note` if it is another text than the one that the document was made from. */
export type FoundProgram =
  | { readonly file: string; readonly bytes: Uint8Array; readonly note?: string }
  | { readonly problem: string };

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/**
 * The program of a document: the one `given` on the command line, or else the file that it names, here or beside the
 * document, whose text must be the one that the document was made from; or else the text that the document itself has
 * of it.
 */
export function programOf(
  { program: { file, sha256: stated, text } }: ExecutionDocument,
  folder: string,
  given: string | undefined,
): FoundProgram {
  if (given !== undefined) {
    const source = readSource(given);
    if ('problem' in source || stated === undefined || sha256(source.bytes) === stated) return source;
    return {
      ...source,
      note: `${printable(given)} is not the text that the result was made from (its sha256 differs)`,
    };
  }
  if (file === undefined) return { problem: 'program.file does not say which program it is of: say --program FILE' };
  const candidates = [...new Set([file, path.join(folder, file)])].filter(existsSync);
  const sources = candidates.map((candidate) => readSource(candidate));
  const same = sources.find((source) => 'bytes' in source && (stated === undefined || sha256(source.bytes) === stated));
  if (same) return same;
  const [first] = sources;
  if (text !== undefined && sha256(text) === stated) {
    const kept = { file, bytes: new TextEncoder().encode(text) };
    if (!first) return kept;
    return { ...kept, note: `${printable(file)} has changed since; this is of the text that the result holds` };
  }
  if (!first) return { problem: `its program, ${printable(file)}, is neither here nor beside it: say --program FILE` };
  if ('problem' in first) return first;
  return {
    problem: `${printable(first.file)} is not the text that it was made from: the sha256 of one is ${sha256(first.bytes)}, of the other ${printable(stated ?? '')}; --program FILE uses a text all the same`,
  };
}
