import { type HeaderName, headerName, isDisguisedFraming } from '../header-name.ts';
import { malformed } from './upstream-error.ts';

/** Name, value, name, value, as sent. */
export type Fields = readonly string[];

/** An answer's status line and header fields, read in the one way in which they can be read. */
export interface ResponseHead {
  readonly status: number;
  readonly fields: Fields;
  /** One for each pair of `fields`, in order. */
  readonly names: readonly HeaderName[];
  readonly framing: Framing;
  /** Whether the upstream means to keep the connection. */
  readonly isKept: boolean;
  /** For how long it keeps it, in milliseconds, where it says so. */
  readonly keptForMs: number | undefined;
}

/** RFC 9112 section 6.3: where the body ends. `none` is for answers that have none, whatever their fields say. */
export type Framing = 'none' | 'chunked' | 'until-close' | number;

/** RFC 9112 section 4 */
const statusLine = /^HTTP\/1\.([01]) ([1-9][0-9]{2})(?: |$)/;
/** RFC 9110 section 5.6.2 */
const token = /^[\w!#$%&'*+.^`|~-]+$/;
/** RFC 9110 section 5.5; a line break within a field's value (RFC 9112 section 5.2) could begin another field. */
const illegal = /[^\t\r\n\x20-\x7e\x80-\xff]|\r(?!\n)|(?<!\r)\n|\n[\t ]/;

/**
 * @param text   all up to the empty line, one character a byte
 * @param method of the request
 * @throws UpstreamError `malformed`
 */
export function readResponseHead(text: string, method: string): ResponseHead {
  if (illegal.test(text)) throw malformed('a character that no field may have');
  const end = lineEnd(text, 0);
  const match = statusLine.exec(text.slice(0, end));
  if (match === null) throw malformed('no HTTP status line');
  const status = Number(match[2]);
  const { fields, names } = readFields(text, end + 2);
  const said = readFraming(fields, names, match[1] === '0');
  const framing = method === 'HEAD' || status < 200 || status === 204 || status === 304 ? 'none' : said.framing;
  return {
    ...said,
    status,
    fields,
    names,
    framing,
    isKept: said.isKept && endsForCertain(framing, said.framing, method),
  };
}

/** A body that must not be there, and comes all the same, would be taken for the next answer. */
function endsForCertain(framing: Framing, said: Framing, method: string): boolean {
  if (framing !== 'none') return framing !== 'until-close';
  return method !== 'HEAD' && (said === 'until-close' || said === 0);
}

function readFields(text: string, start: number): { fields: string[]; names: HeaderName[] } {
  const fields: string[] = [];
  const names: HeaderName[] = [];
  for (let at = start; at < text.length; ) {
    const end = lineEnd(text, at);
    const colon = text.indexOf(':', at);
    const name = text.slice(at, colon === -1 ? end : colon);
    if (colon === -1 || colon > end || !token.test(name)) throw malformed('a line that is no header field');
    fields.push(name, withoutSpace(text, colon + 1, end));
    names.push(headerName(name));
    at = end + 2;
  }
  return { fields, names };
}

/** @throws UpstreamError `malformed`, where a character stands that must not, or a line is folded */
export function readTrailers(text: string): Fields {
  if (illegal.test(text)) throw malformed('a character that no field may have');
  return readFields(text, 0).fields;
}

interface Said {
  readonly framing: Framing;
  readonly isKept: boolean;
  readonly keptForMs: number | undefined;
}

interface Draft {
  length: string | undefined;
  coding: string | undefined;
  isKept: boolean;
  keptForMs: number | undefined;
}

/** RFC 9112 section 6.3: fields that disagree about where the answer ends may be an attempt to smuggle another one. */
function readFraming(fields: Fields, names: readonly HeaderName[], isOld: boolean): Said {
  const draft: Draft = { length: undefined, coding: undefined, isKept: !isOld, keptForMs: undefined };
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    if (name !== undefined && name.role !== 'end-to-end') note(draft, name, fields[i * 2 + 1] ?? '');
  }
  const { length, coding, isKept, keptForMs } = draft;
  return { framing: settle(length, coding, isOld), isKept, keptForMs };
}

function note(draft: Draft, name: HeaderName, value: string): void {
  switch (name.role) {
    case 'content-length':
      if (draft.length !== undefined) throw malformed('more than one Content-Length');
      draft.length = value;
      break;
    case 'transfer-encoding':
      if (draft.coding !== undefined) throw malformed('more than one Transfer-Encoding');
      draft.coding = value;
      break;
    case 'connection':
      if (/(?:^|,)[\t ]*close[\t ]*(?:,|$)/i.test(value)) draft.isKept = false;
      break;
    case 'disguised':
      if (isDisguisedFraming(name)) throw malformed('a field that imitates Content-Length or Transfer-Encoding');
      break;
    default:
      if (name.lower === 'keep-alive') draft.keptForMs = keepAliveMs(value);
  }
}

function settle(length: string | undefined, coding: string | undefined, isOld: boolean): Framing {
  if (coding !== undefined) {
    if (length !== undefined) throw malformed('both Content-Length and Transfer-Encoding');
    if (isOld || coding.toLowerCase() !== 'chunked') throw malformed('a transfer coding that is not known');
    return 'chunked';
  }
  if (length === undefined) return 'until-close';
  if (!/^[0-9]{1,15}$/.test(length)) throw malformed('Content-Length is no number');
  return Number(length);
}

function keepAliveMs(value: string): number | undefined {
  const seconds = /(?:^|[\s,;])timeout=([0-9]{1,9})/i.exec(value)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
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

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\r\n', start);
  return end === -1 ? text.length : end;
}
