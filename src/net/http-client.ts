import type { Json } from '../protocol/claims.ts';
import type { NetResult } from './net-result.ts';

export interface HttpClientOptions {
  /** Milliseconds for the whole exchange, from the look-up of the name to the last byte. Default 10000. */
  readonly timeout?: number;
  /** Milliseconds until the connection, TLS included, stands. Default 5000. */
  readonly connectTimeout?: number;
  /** Milliseconds from the request to the last response header. Default `timeout`. */
  readonly headersTimeout?: number;
  /** Milliseconds between two pieces of the body. Default `timeout`. */
  readonly bodyTimeout?: number;
  /** Bytes of a response body. Default 1048576 (1 MiB). */
  readonly maxBytes?: number;
  /** PEM file of certificate authorities that are trusted besides the system's. */
  readonly caFile?: string;
  /**
   * Through which HTTP proxy others are called: `none`, `environment` (`HTTPS_PROXY` and `NO_PROXY`), or an http or https
   * URL, which may hold user name and password. Loopback is always called directly. Default `none`.
   */
  readonly proxy?: string;
  /**
   * Hosts that are called directly all the same, besides those of `NO_PROXY` where the environment counts:
   * `example.com` (and all below it), `host:port`, `10.1.2.3`, `10.0.0.0/8` (of addresses in URLs), `*`.
   */
  readonly noProxy?: readonly string[];
  /** Default `gatehouse`. */
  readonly userAgent?: string;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * Who named this URL. One that came out of a peer's document may not lead to this machine's loopback.
   * Default `operator`.
   */
  readonly namedBy?: 'operator' | 'peer';
  /** Milliseconds; counts where it is shorter than the client's. */
  readonly timeout?: number;
  /** Overrides the client's, bytes. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** By lower-case name; fields sent more than once are joined by commas (RFC 9110 section 5.2). */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface HttpStreamRequest extends HttpRequest {
  /** Milliseconds of silence after which the stream is given up. `timeout` holds until the headers are there. */
  readonly idleTimeout: number;
}

/** An answer that goes on. */
export interface HttpStream {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The body of a 200 as it comes; none of another status. Where it broke off, the last piece says why. Who leaves the
   * loop closes the connection. Asked for more only when the reader is ready for it.
   */
  readonly pieces: AsyncIterable<NetResult<Buffer>>;
}

export interface JsonDocument {
  readonly value: Json;
  readonly response: HttpResponse;
}

/** The one door through which Gatehouse calls others. */
export interface HttpClient {
  /** Any status but a redirect is an answer. */
  send(request: HttpRequest): Promise<NetResult<HttpResponse>>;
  /** A JSON document that its owner publishes for everybody, sent with status 200 and a JSON media type. */
  getJson(request: HttpRequest): Promise<NetResult<JsonDocument>>;
  /** Waits for requests in flight. */
  close(): Promise<void>;
}

/** For answers that have no end. */
export interface StreamingHttpClient extends HttpClient {
  open(request: HttpStreamRequest): Promise<NetResult<HttpStream>>;
}
