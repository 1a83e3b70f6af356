import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, commentsOf, files, filesEnding, linksOf, proseOf, read } from './repository.js';

const sources = files.filter(
  (file) => /^(?:(?:src|test|bench|scripts)\/.*|[^/]*)\.(?:ts|mjs|cjs)$/.test(file) && !file.includes('/golden/'),
);
const pages = files.filter((file) => /^(?:[A-Z]+|docs\/.*|test\/README|src\/.*|bench\/.*|reports\/.*)\.md$/.test(file));

/** The sections of the specification: the numbers of the headings of its pages. */
const sections = new Set(
  ['docs/semantics.md', 'docs/properties.md'].flatMap((page) =>
    [...read(page).matchAll(/^#{2,3} (\d+(?:\.\d+)?)\.? /gm)].map(([, number]) => number!),
  ),
);

/** The sections that a text cites: `spec 3.1`, `spec 2.1, 2.3`, `spec 4.2–4.4`, `spec 1.5 and 2`. */
const cited = (text: string): string[] =>
  [...text.matchAll(/\bspec (\d+(?:\.\d+)*(?:(?:, ?|–|-| and | or )\d+(?:\.\d+)*)*)/g)].flatMap(([, numbers]) =>
    numbers!.split(/, ?|–|-| and | or /),
  );

const comments = sources.flatMap((file) => commentsOf(read(file)).map((comment) => ({ file, ...comment })));

/** Names that look like files and are none of the repository: what commands make, and pages of other projects. */
const madeOrElsewhere: readonly RegExp[] = [
  // A name to be filled in, as in `NAME.smt2` or `bmv2/switch-N.json`.
  /[A-Z]{4,}\.|-N\./,
  /^(?:tables\.json|bmv2\/groups\.json|openflow\/.*\.flows|mininet\.py|p4\/program\.p4)$/,
  /(?:^|\/)page-assets\.ts$/,
  /^node_modules\//,
  /^(?:docs\/JSON_format|doc\/specs\/thrift-binary-protocol)\.md$/,
];

/**
 * A block of code, or code that has backticks itself: what it shows is what users may write, and names in it are the
 * user's.
 */
const blocks = /(`{3,})[\s\S]*?\1(?!`)/g;

/**
 * The names of files in a text: words with the ending of a file that the repository has; patterns (`*.test.ts`) are
 * none.
 */
const namedFiles = (text: string): string[] =>
  [
    ...text
      .replaceAll(blocks, '')
      .matchAll(/(?<![\w./*$>}-])(?:\.{1,2}\/)*[\w-][\w./-]*\.(?:ts|mjs|cjs|md|json|snk|css|yml|smt2)\b(?![\w/*])/g),
  ]
    .map(([name]) => name)
    .filter((name) => !madeOrElsewhere.some((pattern) => pattern.test(name)));

/** What a name in a file may mean: a file beside it, by a relative path, or any that ends so. */
function meantBy(name: string, within: string): readonly string[] {
  const near = path.posix.join(path.posix.dirname(within), name);
  return files.includes(near) ? [near] : filesEnding(name);
}

describe('citations of the specification', () => {
  it('are of sections that exist', () => {
    const wrong = [...sources, ...pages, ...files.filter((file) => /^models\/.*\.(?:snk|json)$/.test(file))].flatMap(
      (file) =>
        cited(read(file))
          .filter((section) => !sections.has(section))
          .map((section) => `${file}: there is no section ${section} in docs/semantics.md or docs/properties.md`),
    );
    expect(wrong).toEqual([]);
  });

  it('are found', () => {
    expect(cited('(spec 3.1), spec 2.1, 2.3; spec 4.2–4.4, spec 1.5 and 2')).toEqual(
      '3.1 2.1 2.3 4.2 4.4 1.5 2'.split(' '),
    );
    expect(sources.flatMap((file) => cited(read(file))).length).toBeGreaterThan(300);
    expect(['1', '1.1', '2.5', '3.2', '4.5', '5', '6.6', '7'].filter((section) => !sections.has(section))).toEqual([]);
    expect(['0', '2.6', '3.3', '8'].filter((section) => sections.has(section))).toEqual([]);
  });
});

describe('files that comments name', () => {
  it('exist, one for each name', () => {
    const wrong = comments.flatMap(({ file, text, line }) =>
      namedFiles(text).flatMap((name) => {
        const meant = meantBy(name, file);
        if (meant.length === 1) return [];
        const which = meant.length === 0 ? 'no file ends so' : `say which: ${meant.join(', ')}`;
        return [`${file}:${line}: \`${name}\`: ${which}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('are found', () => {
    const found = commentsOf(
      "/** As in `a/b.ts`, NAME.json and x.test.ts. */\nconst a = '// c.ts'; // and docs/d.md\n",
    );
    expect(found.flatMap(({ text }) => namedFiles(text))).toEqual(['a/b.ts', 'x.test.ts', 'docs/d.md']);
    expect(comments.length).toBeGreaterThan(3_000);
  });
});

describe('issues and other papers of ours', () => {
  // Who reads the repository has neither.
  it('are not what a comment leans on', () => {
    const wrong = comments
      .filter(({ text }) => /\bissue \d|\(issue\b|solver-facts|house\.md/.test(text))
      .map(({ file, text, line }) => `${file}:${line}: ${text}`);
    expect(wrong).toEqual([]);
  });
});

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('has links that lead somewhere', () => {
    const wrong = linksOf(text).flatMap((target) => {
      if (/^[a-z]+:/.test(target)) return [];
      const [relative = '', anchor] = target.split('#');
      const file = relative === '' ? page : path.posix.join(path.posix.dirname(page), decodeURIComponent(relative));
      const isFolder = files.some((one) => one.startsWith(`${file.replace(/\/$/, '')}/`));
      if (!files.includes(file) && !isFolder) return [`${target}: there is no ${file}`];
      if (anchor === undefined || !file.endsWith('.md') || anchorsOf(read(file)).has(anchor)) return [];
      return [`${target}: no heading of ${file} is #${anchor}`];
    });
    expect(wrong).toEqual([]);
  });

  it('names sources that exist', () => {
    const names = [...proseOf(text).matchAll(/`([^`\n]+)`/g)].flatMap(([, code]) => namedFiles(code!));
    const wrong = names.filter((name) => /\.(?:ts|mjs|cjs|md)$/.test(name) && meantBy(name, page).length === 0);
    expect(wrong).toEqual([]);
  });
});
