import type { Socket } from 'node:net';
import type { Fields } from '../http1/field-lines.ts';
import type { ResponseHead } from './response-head.ts';

/** A request as it goes to an upstream. */
export interface UpstreamRequest {
  readonly method: string;
  /** Path and query, in origin form. */
  readonly target: string;
  /** Undefined where the upstream is called by its own name. */
  readonly host: string | undefined;
  /**
   * The lines of all fields but those that say what the message is: Host, Connection, Upgrade, Content-Length,
   * Transfer-Encoding. They came through the parser or were made by us.
   */
  readonly fieldLines: string;
  readonly body: AsyncIterable<Buffer> | undefined;
  /** Of the body, in bytes; undefined where it is not known, or there is none. */
  readonly contentLength: number | undefined;
  readonly isUpgrade: boolean;
  /** Milliseconds from the request to the first byte of its answer. */
  readonly firstByteMs: number;
  /** Milliseconds of silence within an answer. */
  readonly silenceMs: number;
}

/** RFC 9110 section 8.6: with these methods a request without content says so. */
const expectContent: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** The head as it goes over the wire. */
export function requestHead(request: UpstreamRequest, ownHost: string): string {
  const { method, target, fieldLines, host } = request;
  const own = `host: ${host ?? ownHost}\r\n${connectionFields(request)}${framingField(request)}`;
  return `${method} ${target} HTTP/1.1\r\n${own}${fieldLines}\r\n`;
}

/** After an answer to HEAD a connection is not kept: a lax upstream might still send what it describes. */
function connectionFields({ isUpgrade, method }: UpstreamRequest): string {
  if (isUpgrade) return 'connection: upgrade\r\nupgrade: websocket\r\n';
  return method === 'HEAD' ? 'connection: close\r\n' : 'connection: keep-alive\r\n';
}

function framingField({ method, body, contentLength }: UpstreamRequest): string {
  if (body === undefined) return expectContent.has(method) ? 'content-length: 0\r\n' : '';
  return contentLength === undefined ? 'transfer-encoding: chunked\r\n' : `content-length: ${contentLength}\r\n`;
}

/** The connection that carries a request, as long as it does. */
export interface Carrier {
  /** Nobody waits for the answer any more. */
  cancel(listener: UpstreamListener): void;
  /** More of the body is wanted. */
  resume(listener: UpstreamListener): void;
}

/** What becomes of a request. One of `onSwitch`, `onEnd` and `onError` comes last. */
export interface UpstreamListener {
  /** Just before the request is sent. */
  onSend(carrier: Carrier): void;
  onFirstByte(): void;
  /** Interim answers too (RFC 9110 section 15.2). */
  onHead(head: ResponseHead): void;
  /** @param bytes are good only until this returns */
  onBody(bytes: Buffer): void;
  /**
   * What has come so far has been told, and it was not all of the answer.
   *
   * @returns whether more is wanted at once, and not only after `resume`
   */
  onPause(): boolean;
  /** The upstream has taken up the upgrade that was asked for. */
  onSwitch(head: ResponseHead, socket: Socket): void;
  onEnd(trailers: Fields): void;
  onError(error: Error): void;
}
