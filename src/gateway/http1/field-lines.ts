import { type HeaderName, headerName } from '../header-name.ts';
import { malformed } from './malformed-message.ts';

/** Name, value, name, value, as sent. */
export type Fields = readonly string[];

export interface FieldLines {
  readonly fields: Fields;
  /** One for each pair of `fields`, in order. */
  readonly names: readonly HeaderName[];
}

/**
 * RFC 9112 section 5: a token, a colon, white space, a value, CRLF. A value begins with a visible character, so that
 * there is one way only to match a line, and matching takes no longer than the line is long. Folded lines (section
 * 5.2), bare CR or LF, white space before the colon and control characters (RFC 9110 section 5.5) match nothing.
 */
const fieldLine = /[\w!#$%&'*+.^`|~-]+:[\t ]*(?:[\x21-\x7e\x80-\xff][\t\x20-\x7e\x80-\xff]*)?\r\n/y;

const colon = 0x3a;

/**
 * @param text one character a byte
 * @param end  behind the CRLF of the last line
 * @throws MalformedMessage where a line is no field
 */
export function readFieldLines(text: string, start: number, end: number): FieldLines {
  const fields: string[] = [];
  const names: HeaderName[] = [];
  fieldLine.lastIndex = start;
  for (let at = start; at < end; at = fieldLine.lastIndex) {
    // What the line has where is looked for by hand: a match that tells it would be an object with a text for each part.
    if (!fieldLine.test(text)) throw malformed('a line that is no header field');
    const nameEnd = endOfName(text, at);
    const name = text.slice(at, nameEnd);
    fields.push(name, withoutSpace(text, nameEnd + 1, fieldLine.lastIndex - 2));
    names.push(headerName(name));
  }
  return { fields, names };
}

function endOfName(text: string, start: number): number {
  let end = start;
  while (text.charCodeAt(end) !== colon) end++;
  return end;
}

/** RFC 9110 section 5.6.3: spaces and tabs, and nothing else that may look like them. */
function withoutSpace(text: string, start: number, end: number): string {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

function isSpace(character: number): boolean {
  return character === 0x20 || character === 0x09;
}

/** As they go over the wire. The fields came through the parser or were made by us: none holds a line break. */
export function writeFieldLines(fields: Fields): string {
  let lines = '';
  for (let i = 0; i + 1 < fields.length; i += 2) lines += `${fields[i]}: ${fields[i + 1]}\r\n`;
  return lines;
}
