import { type Block, blocksOf } from './transcript.js';

/** A command of a page, and what the page says it prints. */
export interface ShownCommand {
  /** From 1, of the line with the command. */
  readonly line: number;
  readonly text: string;
  readonly output: string;
  /** The page ends the command with Ctrl-C (`^C`) once it has printed all of this. */
  readonly isInterrupted: boolean;
  /** Programs that it cannot do without, and `root`. */
  readonly needs: readonly string[];
}

/** A file that a page shows. */
export interface PageFile {
  readonly line: number;
  readonly language: string;
  /** Absent if commands do not need it. */
  readonly name: string | undefined;
  readonly text: string;
}

/** A page of the manual: what is shown in it, each of which a test executes or reads. */
export interface Page {
  readonly commands: readonly ShownCommand[];
  readonly files: readonly PageFile[];
}

/** What a block may be besides `console`: a program, JSON, YAML, or TypeScript. */
const languages = ['snk', 'json', 'yaml', 'ts'];

/**
 * Reads a page, strictly: a block that no test would look at is an error. Commands stand in blocks of
 * ```` ```console ````, or ```` ```console needs NAME… ```` for programs that not every machine has; a file that they
 * use stands in a block such as ```` ```json reply.json ````.
 */
export function parsePage(markdown: string): Page {
  const lines = markdown.split('\n');
  const blocks = blocksOf(lines);
  const inBlock = new Set(blocks.flatMap(({ start, lines }) => lines.map((_, i) => start + 1 + i)));
  const indented = lines.findIndex((line, i) => /^( {4}|\t)\s*\S/.test(line) && !inBlock.has(i));
  if (indented >= 0)
    throw new Error(`line ${indented + 1}: this is an indented block, which no test runs; make it a \`console\` block`);
  const files: PageFile[] = [];
  const commands: ShownCommand[] = [];
  for (const block of blocks) {
    const [language = '', ...rest] = block.info.split(' ');
    const at = `line ${block.start + 1}`;
    if (language === 'console') commands.push(...commandsOf(block, needsOf(rest, at)));
    else if (!languages.includes(language))
      throw new Error(`${at}: no test runs or reads a block of \`${block.info}\`; commands go into \`console\` blocks`);
    else if (rest.length > 1) throw new Error(`${at}: a file has one name`);
    else files.push({ line: block.start + 1, language, name: rest[0], text: `${block.lines.join('\n')}\n` });
  }
  for (const { line, name } of files)
    if (name !== undefined && !commands.some(({ text }) => text.includes(name)))
      throw new Error(`line ${line}: no command uses ${name}`);
  return { commands, files };
}

function needsOf([word, ...names]: readonly string[], at: string): readonly string[] {
  if (word === undefined) return [];
  if (word !== 'needs' || names.length === 0)
    throw new Error(`${at}: a block is \`console\` or \`console needs NAME…\``);
  return names;
}

/** The commands of a block, which begin with `$ `; what follows is what they print. */
function commandsOf({ lines, start }: Block, needs: readonly string[]): readonly ShownCommand[] {
  if (!lines[0]?.startsWith('$ ')) throw new Error(`line ${start + 1}: the block does not begin with a command`);
  return lines.flatMap((text, i) => {
    if (!text.startsWith('$ ')) return [];
    const next = lines.findIndex((other, j) => j > i && other.startsWith('$ '));
    const printed = lines.slice(i + 1, next < 0 ? undefined : next);
    const isInterrupted = printed.at(-1) === '^C';
    const output = (isInterrupted ? printed.slice(0, -1) : printed).map((line) => `${line}\n`).join('');
    return [{ line: start + i + 2, text: text.slice(2), output, isInterrupted, needs }];
  });
}

/** The page with what its commands have printed, by command; what was not run stays as it is. */
export function withPrinted(markdown: string, page: Page, printed: ReadonlyMap<ShownCommand, string>): string {
  const lines = markdown.split('\n');
  // From the last on, so that the lines of the others stay where they are.
  for (const command of [...page.commands].reverse()) {
    const output = printed.get(command);
    if (output === undefined) continue;
    const shown = command.output.split('\n').length - 1;
    lines.splice(command.line, shown, ...(output === '' ? [] : output.replace(/\n$/, '').split('\n')));
  }
  return lines.join('\n');
}
