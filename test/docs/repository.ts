import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The top of the repository. */
export const root = path.resolve(import.meta.dirname, '../..');

export const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Every file that is tracked, or would be with `git add`. */
export const files: readonly string[] = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n');

/** The files that end as `name` does, at a `/`. */
export const filesEnding = (name: string): readonly string[] =>
  files.filter((file) => file === name || file.endsWith(`/${name}`));

/** A comment of a source, and the line that it begins in. */
export interface Comment {
  readonly text: string;
  readonly line: number;
}

/** The comments of a TypeScript or JavaScript source; what looks like one in a text or a regular expression is none. */
export function commentsOf(text: string): Comment[] {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  const parts: string[] = [];
  let done = 0;
  const blank = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isRegularExpressionLiteral(node)) {
      const start = node.getStart(source);
      parts.push(text.slice(done, start), text.slice(start, node.end).replaceAll(/[^\n]/g, ' '));
      done = node.end;
    } else ts.forEachChild(node, blank);
  };
  blank(source);
  const code = parts.join('') + text.slice(done);
  return [...code.matchAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g)].map(({ 0: comment, index }) => ({
    text: comment,
    line: source.getLineAndCharacterOfPosition(index).line + 1,
  }));
}

/** A Markdown text without its fenced blocks and comments. */
export const proseOf = (markdown: string): string =>
  markdown.replaceAll(/^```[^\n]*\n[\s\S]*?^```$/gm, '').replaceAll(/<!--[\s\S]*?-->/g, '');

/** The anchors of a Markdown page, as GitHub makes them of its headings; and those that it sets itself. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = [...proseOf(markdown).matchAll(/^#{1,6} +(.+?)\s*#*$/gm)].map(([, heading]) => {
    const plain = heading!.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[`*]/g, '');
    const anchor = plain
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
  const own = [...markdown.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name]) => name!);
  return new Set([...anchors, ...own]);
}

/** The targets of a Markdown text's links and pictures. */
export const linksOf = (markdown: string): string[] =>
  [...proseOf(markdown).matchAll(/\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?: "[^"]*")?\)/g)].map(
    ([, target]) => target!,
  );
