import { type HeaderName, isDisguisedFraming } from '../header-name.ts';
import type { BodyFraming } from '../http1/body-reader.ts';
import { type Fields, readFieldLines } from '../http1/field-lines.ts';
import { malformed } from '../http1/malformed-message.ts';

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
export type Framing = 'none' | BodyFraming;

/** RFC 9112 section 4; the reason is for nobody. */
const statusLine = /HTTP\/1\.([01]) ([1-9][0-9]{2})(?: [\t\x20-\x7e\x80-\xff]*)?\r\n/y;

/**
 * @param text   one character a byte
 * @param end    behind the CRLF of the last line
 * @param method of the request
 * @throws MalformedMessage
 */
export function readResponseHead(text: string, end: number, method: string): ResponseHead {
  statusLine.lastIndex = 0;
  const line = statusLine.exec(text);
  if (line === null) throw malformed('no HTTP status line');
  const status = Number(line[2]);
  const { fields, names } = readFieldLines(text, statusLine.lastIndex, end);
  const said = readFraming(fields, names, line[1] === '0');
  const framing = method === 'HEAD' || status < 200 || status === 204 || status === 304 ? 'none' : said.framing;
  const isKept = said.isKept && endsForCertain(framing, said.framing, method);
  return { status, fields, names, framing, isKept, keptForMs: said.keptForMs };
}

/** A body that must not be there, and comes all the same, would be taken for the next answer. */
function endsForCertain(framing: Framing, said: Framing, method: string): boolean {
  if (framing !== 'none') return framing !== 'until-close';
  return method !== 'HEAD' && (said === 'until-close' || said === 0);
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
