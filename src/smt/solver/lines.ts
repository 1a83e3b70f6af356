import { maxCharacters, overlong } from './term.js';

/** The lines of a script that is being written. */
export interface ScriptLines {
  readonly lines: readonly string[];
  readonly add: (line: string) => void;
}

/** No lines yet. @throws LimitReached, from what it gives, where the script grows too long */
export function scriptLines(): ScriptLines {
  const lines: string[] = [];
  let characters = 0;
  return {
    lines,
    add: (line) => {
      characters += line.length;
      if (characters > maxCharacters) throw overlong();
      lines.push(line);
    },
  };
}
