import { assertArguments, OptionError, shown, textOption } from '../base/taken.js';
import { badge, galleryIndex } from '../report/html/gallery.js';
import { htmlPage } from '../report/html/page.js';
import { assertResults } from '../report/read/read-results.js';
import type { Result } from '../report/result/result.js';
import { withReplays } from './replays.js';

/** A page, and the name that its file is to have. */
export interface Page {
  readonly name: string;
  readonly html: string;
}

/**
 * The HTML report on some results, made from them alone: a page for each program, which compares its results if there
 * are several. Pages are in the order in which their programs first come.
 * @example
 * ```ts
 * import { check, report } from 'snk-verify';
 *
 * const { result } = await check('policy true', 'empty.snk', { engine: 'explore' });
 * const [page] = await report([result]);
 * console.log(page?.name); // empty.html
 * ```
 */
export async function report(results: readonly Result[]): Promise<Page[]> {
  assertResults('report', results);
  const programs = new Map<string, [Result, ...Result[]]>();
  for (const result of results) {
    const key = `${result.program.file} ${result.program.sha256}`;
    const same = programs.get(key);
    if (same) same.push(result);
    else programs.set(key, [result]);
  }
  const names = new Set<string>();
  const pages: Page[] = [];
  for (const group of programs.values()) {
    const name = unused(names, fileName(group[0].program.file));
    names.add(name);
    pages.push({ name, html: await htmlPage(withReplays(group)) });
  }
  return pages;
}

/**
 * The gallery: a page for each program, in which its results are compared, an index, and a badge for each program; by
 * the names of their files. Nothing in them depends on when or where they are made.
 * @param about what the gallery is, at the top of its index
 * @example
 * ```ts
 * import { check, gallery } from 'snk-verify';
 *
 * const { result } = await check('policy true', 'empty.snk', { engine: 'explore' });
 * const files = await gallery([[result]]);
 * console.log([...files.keys()].join(' ')); // index.html empty.html badges/empty.svg
 * ```
 */
export async function gallery(
  programs: readonly (readonly Result[])[],
  about = 'Programs, and what becomes of each under every semantics.',
): Promise<ReadonlyMap<string, string>> {
  assertPrograms(programs);
  assertArguments('gallery', { about: [about, textOption] });
  const pages = await report(programs.flat());
  const exhibits = pages.map(({ name }, i) => ({ name: name.replace(/\.html$/, ''), results: programs[i]! }));
  return new Map([
    ['index.html', galleryIndex(exhibits, about)],
    ...pages.map(({ name, html }) => [name, html] as const),
    ...exhibits.map((exhibit) => [`badges/${exhibit.name}.svg`, badge(exhibit)] as const),
  ]);
}

/**
 * Refuses what is no array of a program's results for each program: an exhibit is of one program, and has results.
 * @throws OptionError
 */
function assertPrograms(programs: unknown): void {
  if (!Array.isArray(programs))
    throw new OptionError(`gallery: programs takes an array of results for each program, not ${shown(programs)}`);
  const seen = new Set<string>();
  for (const [i, results] of programs.entries()) {
    assertResults('gallery', results, `programs[${i}]`);
    const known = new Set((results as readonly Result[]).map(({ program: { file, sha256 } }) => `${file} ${sha256}`));
    if (known.size !== 1)
      throw new OptionError(
        `gallery: programs[${i}] takes the results of one program, not of ${known.size === 0 ? 'none' : 'several'}`,
      );
    const [key] = known as ReadonlySet<string>;
    if (seen.has(key!))
      throw new OptionError(`gallery: programs[${i}] is of a program that is there already: put its results together`);
    seen.add(key!);
  }
}

/** The last part of a path, without its ending, and with nothing in it that a file system would take amiss. */
function fileName(file: string): string {
  const last = file.split(/[\\/]/).at(-1) ?? '';
  return (
    last
      .replace(/\.snk$/, '')
      .replace(/[^\w.-]+/g, '_')
      .replace(/^\.+/, '')
      .slice(0, 100) || 'report'
  );
}

function unused(names: ReadonlySet<string>, wanted: string): string {
  for (let n = 1; ; n++) {
    const name = `${wanted}${n === 1 ? '' : `-${n}`}.html`;
    if (!names.has(name)) return name;
  }
}
