/**
 * Text of somebody else's making, such as the `kid` of a token that nobody has verified, for a terminal: whatever would
 * steer the terminal, break the line or turn the direction of writing is written as an escape.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
