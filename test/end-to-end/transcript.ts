/** `$ snk-verify …`, and what it prints. */
export interface Command {
  /** From 1, in the transcript. */
  readonly line: number;
  readonly text: string;
  readonly args: readonly string[];
  /** What the transcript says it prints, exit status included. */
  readonly output: string;
}

/** A program or an execution that the transcript shows, and that its commands read. */
export interface ShownFile {
  readonly name: string;
  readonly text: string;
}

/**
 * A Markdown file with programs (```snk NAME.snk), executions (```json NAME.json) and commands with what they print
 * (```console).
 */
export interface Transcript {
  readonly files: readonly ShownFile[];
  readonly commands: readonly Command[];
}

/** A fenced block. */
export interface Block {
  readonly info: string;
  /** The line of the opening fence, from 0. */
  readonly start: number;
  readonly lines: readonly string[];
}

/** The fenced blocks of a Markdown text. Anything that looks like a block or a command and is none is an error. */
export function blocksOf(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  let open: { info: string; start: number } | undefined;
  for (const [i, line] of lines.entries()) {
    const fail = (why: string) => new Error(`line ${i + 1}: ${why}`);
    if (open) {
      if (line !== '```') continue;
      blocks.push({ ...open, lines: lines.slice(open.start + 1, i) });
      open = undefined;
    } else if (line.startsWith('```')) {
      open = { info: line.slice(3), start: i };
    } else if (/^\s*(```|~~~)/.test(line)) {
      throw fail('a fence is three backticks at the start of a line');
    } else if (/^\s*\$ /.test(line) || /^\s*\[exit/.test(line)) {
      throw fail('a command stands outside the fenced blocks');
    }
  }
  if (open) throw new Error(`line ${open.start + 1}: the block is not closed`);
  return blocks;
}

/** The commands of a block: each from `$ ` to its `[exit N]`. `isDraft` allows what is to be written yet. */
function commandsOf({ lines, start }: Block, isDraft: boolean): readonly Command[] {
  const commands: Command[] = [];
  for (const [i, line] of lines.entries()) {
    if (!line.startsWith('$ ')) continue;
    const next = lines.findIndex((other, j) => j > i && other.startsWith('$ '));
    const output = lines.slice(i + 1, next < 0 ? undefined : next).join('\n');
    const at = `line ${start + i + 2}`;
    if (!isDraft && !/\n\[exit \d+\]$/.test(output))
      throw new Error(`${at}: after the command there must be what it prints, then [exit N]`);
    if (/^\[exit \d+\]\n/m.test(output)) throw new Error(`${at}: something follows the exit status`);
    commands.push({ line: start + i + 2, text: line.slice(2), args: argsOf(line.slice(2), at), output });
  }
  if (!lines[0]?.startsWith('$ ')) throw new Error(`line ${start + 1}: the block does not begin with a command`);
  return commands;
}

/**
 * The words of a command; single quotes make one word. No shell is involved, so nothing else may look as if there were.
 */
function argsOf(text: string, at: string): readonly string[] {
  const words = [...text.matchAll(/'([^']*)'|([^\s']+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
  const [name, ...args] = words;
  if (name !== 'snk-verify') throw new Error(`${at}: commands are of snk-verify`);
  if (/["`$|&;<>*?\\]/.test(text.replaceAll(/'[^']*'/g, ''))) throw new Error(`${at}: this would need a shell`);
  return args;
}

/** Reads a transcript, strictly: a block that would check nothing is an error. */
export function parseTranscript(markdown: string, isDraft = false): Transcript {
  const blocks = blocksOf(markdown.split('\n'));
  const files: ShownFile[] = [];
  const commands: Command[] = [];
  for (const block of blocks) {
    const name = /^(snk|json) ([\w-]+\.\1)$/.exec(block.info)?.[2];
    if (name !== undefined) {
      if (files.some((file) => file.name === name)) throw new Error(`line ${block.start + 1}: a second ${name}`);
      files.push({ name, text: `${block.lines.join('\n')}\n` });
    } else if (block.info === 'console') {
      commands.push(...commandsOf(block, isDraft));
    } else throw new Error(`line ${block.start + 1}: a block is \`console\`, \`snk NAME.snk\` or \`json NAME.json\``);
  }
  if (commands.length === 0) throw new Error('there is no command');
  for (const { name } of files)
    if (!commands.some(({ args }) => args.includes(name))) throw new Error(`no command reads ${name}`);
  return { files, commands };
}

/** What a command printed, as a transcript shows it: standard output, standard error marked, the exit status. */
export function showOutcome(outcome: {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}): string {
  const linesOf = (text: string): readonly string[] => {
    const lines = text.split('\n');
    return lines[lines.length - 1] === ''
      ? lines.slice(0, -1)
      : [...lines.slice(0, -1), `${lines.at(-1)}[no line end]`];
  };
  return [
    ...linesOf(outcome.stdout),
    ...linesOf(outcome.stderr).map((line) => `[stderr] ${line}`),
    `[exit ${outcome.status}]`,
  ].join('\n');
}

/** The transcript with other outputs, by command. */
export function withOutputs(markdown: string, transcript: Transcript, outputs: readonly string[]): string {
  const lines = markdown.split('\n');
  // Outputs are replaced from the last to the first, so that the line numbers of the others stay valid.
  for (const [i, { line, output }] of [...transcript.commands.entries()].reverse())
    lines.splice(line, output === '' ? emptyLines(lines, line) : output.split('\n').length, ...outputs[i]!.split('\n'));
  return lines.join('\n');
}

/** How many lines a command without output takes: none, or one that is empty. */
const emptyLines = (lines: readonly string[], line: number): number => (lines[line] === '' ? 1 : 0);
