/** A character that would be invisible or would steer a terminal, written `\u{…}`; any other as it is. */
export function escapeCharacter(character: string): string {
  const isHidden = /^[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]$/u.test(character);
  return isHidden ? `\\u{${character.codePointAt(0)!.toString(16)}}` : character;
}

/** A text from outside, such as a file's name, with nothing in it that a terminal would obey. */
export const printable = (text: string): string => Array.from(text, escapeCharacter).join('');
