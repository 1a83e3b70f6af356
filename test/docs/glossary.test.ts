import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { files, read, root } from './repository.js';

const page = 'docs/glossary.md';

/** A term, with the name in the source that its last sentence points at. */
interface Entry {
  readonly term: string;
  readonly text: string;
}

const entries: readonly Entry[] = read(page)
  .split(/^### /m)
  .slice(1)
  .map((part) => {
    const [term = '', ...lines] = part.split('\n');
    return { term, text: lines.join(' ').trim() };
  });

/** How terms are ordered: by letters and digits alone, capitals as small ones. */
const key = (term: string): string => term.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

describe('docs/glossary.md', () => {
  it('has its terms in order, each once', () => {
    expect(entries.length).toBeGreaterThan(120);
    const terms = entries.map(({ term }) => term);
    expect(terms).toEqual([...terms].sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b)))));
    expect(new Set(terms).size).toBe(terms.length);
  });

  it('has the words that readers stumble on', () => {
    const asked =
      'event-set, tag, digest, pc, ghost, hunt, beam, skeleton, region, settled, noted, kind, representative, inert, foretold, covered, listener, carried, knowledge, obligation, certificate, chain, occurrence, egress, ingress, position, place, hop, tree, copy, item, version, register';
    const terms = new Set(entries.map(({ term }) => term));
    expect(asked.split(', ').filter((term) => !terms.has(term))).toEqual([]);
  });

  it.each(entries.map(({ term, text }) => [term, text] as const))('%s is where it is said to be', (_, text) => {
    // Where a word has several meanings, each is numbered, and has its place in the source.
    const numbered = text.split(/(?:^| )\(\d\) /);
    const meanings = numbered.length === 1 ? numbered : numbered.slice(1);
    if (numbered.length > 1) expect(numbered[0]).toBe('');
    for (const meaning of meanings) {
      const found = /`([^`]+)` in \[([^\]]+)\]\(([^)]+)\)\.$/.exec(meaning);
      if (!found) throw new Error(`the last sentence is not \`NAME\` in [FILE](../src/FILE).: ${meaning}`);
      const [, name = '', shown = '', link = ''] = found;
      const file = path.relative(root, path.join(root, 'docs', link));
      expect(files).toContain(file);
      expect(file === `src/${shown}` || file === shown, `${shown} leads to ${file}`).toBe(true);
      expect(read(file), `${file} does not say ${name}`).toMatch(new RegExp(`(?<!\\w)${name}(?!\\w)`));
    }
  });
});
