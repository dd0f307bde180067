import { type Rejection, rejection } from '../../protocol/rejection.ts';
import { type HeaderName, isDisguisedFraming } from '../header-name.ts';
import { type Fields, readFieldLines } from '../http1/field-lines.ts';
import { malformed } from '../http1/malformed-message.ts';

/** RFC 9112 section 3. The target is read by canonical-target.ts; here it is whatever has no space in it. */
const requestLine = /([\w!#$%&'*+.^`|~-]+) ([\x21-\x7e\x80-\xff]+) HTTP\/1\.([01])\r\n/y;

/**
 * @param text one character a byte
 * @param end  behind the CRLF of the last line
 * @throws MalformedMessage where it is no head of an HTTP/1.1 or HTTP/1.0 request
 */
export function readRequestHead(text: string, end: number): RequestHead {
  requestLine.lastIndex = 0;
  const line = requestLine.exec(text);
  if (line === null) throw malformed('no HTTP/1.1 request line');
  const { fields, names } = readFieldLines(text, requestLine.lastIndex, end);
  return new RequestHead(line[1] ?? '', line[2] ?? '', line[3] === '0' ? 0 : 1, fields, names);
}

/** What a request's line and header fields say of the message itself. */
export class RequestHead {
  readonly method: string;
  /** As sent. */
  readonly target: string;
  /** Of HTTP/1. */
  readonly minorVersion: 0 | 1;
  /** Name, value, name, value, as sent. */
  readonly fields: Fields;
  /** One for each pair of `fields`, in order. */
  readonly names: readonly HeaderName[];
  /** Not yet parsed. */
  readonly host: string;
  readonly authorization: readonly string[];
  readonly contentLength: number | undefined;
  readonly isChunked: boolean;
  /** What `Connection` lists, lower case; undefined where it lists nothing but `keep-alive` or `close`. */
  readonly connection: ReadonlySet<string> | undefined;
  /**
   * Whether another request may follow (RFC 9112 section 9.3). What comes behind the handshake of a WebSocket may be for
   * the other protocol already.
   */
  readonly isKept: boolean;
  /** RFC 9110 section 10.1.1 */
  readonly expectsContinue: boolean;
  /** RFC 6455 section 4.1; other upgrades are not taken up (RFC 9110 section 7.8 leaves that free). */
  readonly asksForWebSocket: boolean;
  /** Why the fields cannot be believed. Nothing that comes after such a head may be read. */
  readonly fault: Rejection | undefined;

  constructor(method: string, target: string, minorVersion: 0 | 1, fields: Fields, names: readonly HeaderName[]) {
    const said = new Said();
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      if (name !== undefined && name.role !== 'end-to-end') said.note(name, fields[i * 2 + 1] ?? '');
    }
    this.method = method;
    this.target = target;
    this.minorVersion = minorVersion;
    this.fields = fields;
    this.names = names;
    this.host = said.host ?? '';
    this.authorization = said.authorization;
    this.contentLength = said.length === undefined ? undefined : Number(said.length);
    this.isChunked = said.coding !== undefined;
    this.connection = said.connection;
    this.expectsContinue = said.expectsContinue && minorVersion === 1;
    this.asksForWebSocket =
      said.upgrade === 'websocket' &&
      method === 'GET' &&
      said.connection?.has('upgrade') === true &&
      minorVersion === 1;
    this.isKept = !this.asksForWebSocket && !said.isClosing && (minorVersion === 1 || said.isKeeping);
    this.fault = faultOf(said, method, minorVersion);
  }

  get hasBody(): boolean {
    return this.isChunked || (this.contentLength ?? 0) > 0;
  }
}

/** The fields that say what the message is, as they come. */
class Said {
  host: string | undefined;
  length: string | undefined;
  coding: string | undefined;
  upgrade: string | undefined;
  authorization: readonly string[] = none;
  connection: Set<string> | undefined;
  isClosing = false;
  isKeeping = false;
  expectsContinue = false;
  /** What was said twice, or in disguise. */
  doubt: string | undefined;

  note(name: HeaderName, value: string): void {
    switch (name.role) {
      case 'host':
        this.#once('Host', this.host);
        this.host = value;
        break;
      case 'content-length':
        this.#once('Content-Length', this.length);
        this.length = value;
        break;
      case 'transfer-encoding':
        this.#once('Transfer-Encoding', this.coding);
        this.coding = value;
        break;
      case 'connection':
        this.#noteConnection(value.toLowerCase());
        break;
      case 'upgrade':
        this.upgrade = this.upgrade === undefined ? value.toLowerCase() : 'more than one';
        break;
      case 'expect':
        this.expectsContinue ||= value.toLowerCase() === '100-continue';
        break;
      case 'credential':
        if (name.lower === 'authorization') this.authorization = [...this.authorization, value];
        break;
      case 'disguised':
        if (isDisguisedFraming(name)) this.doubt = 'a field that imitates Content-Length or Transfer-Encoding';
        break;
      default:
    }
  }

  #once(name: string, before: string | undefined): void {
    if (before !== undefined) this.doubt = `more than one ${name}`;
  }

  #noteConnection(value: string): void {
    if (value === 'keep-alive') this.isKeeping = true;
    else if (value === 'close') this.isClosing = true;
    else {
      this.connection ??= new Set();
      for (const option of value.split(',')) this.connection.add(option.trim());
      this.isClosing ||= this.connection.has('close');
      this.isKeeping ||= this.connection.has('keep-alive');
    }
  }
}

const none: readonly string[] = Object.freeze([]);

/**
 * RFC 9112 section 6.3 and section 3.2: where fields disagree about where the message ends or whom it is for, one
 * reader could see another message than the next. Such requests are refused, not repaired.
 */
function faultOf(said: Said, method: string, minorVersion: 0 | 1): Rejection | undefined {
  const { host, length, coding } = said;
  const reason =
    said.doubt ??
    (length === undefined && coding === undefined ? undefined : framingFault(said, method, minorVersion)) ??
    (host === undefined ? 'no Host' : undefined);
  if (reason !== undefined) return rejection('request_malformed', { reason });
  return coding === undefined || coding.toLowerCase() === 'chunked'
    ? undefined
    : rejection('transfer_coding_unsupported');
}

function framingFault({ length, coding }: Said, method: string, minorVersion: 0 | 1): string | undefined {
  // RFC 9110 section 9.3.1: content in a GET has no meaning, and much potential for request smuggling.
  const expectsNone = method === 'GET' || method === 'HEAD';
  if (coding !== undefined) {
    if (length !== undefined) return 'both Content-Length and Transfer-Encoding';
    // RFC 9112 section 6.1
    if (minorVersion === 0) return 'Transfer-Encoding in HTTP/1.0';
    return expectsNone ? `content with ${method}` : undefined;
  }
  if (length === undefined) return undefined;
  if (!/^[0-9]{1,15}$/.test(length)) return 'Content-Length is no number';
  return Number(length) > 0 && expectsNone ? `content with ${method}` : undefined;
}
