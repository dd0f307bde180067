import type { MonotonicClock } from '../base/clock.ts';
import type { HttpResponse, HttpStream, StreamingHttpClient } from '../net/index.ts';
import { HubFailure } from './hub-failure.ts';
import type { HubOptions } from './hub-options.ts';
import { HubToken } from './hub-token.ts';

/** The admin API of the hub, called as its client. Every method throws HubFailure. */
export interface Hub {
  /** Resolves when there is a token, so that what is measured from then on is the call itself. */
  prepare(): Promise<void>;
  stream(path: string, options: StreamOptions): Promise<HttpStream['pieces']>;
  /** For a call that answers with nothing. */
  send(method: 'PUT' | 'DELETE', path: string, body?: object): Promise<void>;
}

export interface StreamOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds of silence after which it is given up. */
  readonly idleTimeout: number;
  readonly signal: AbortSignal;
}

export interface HubDependencies {
  readonly http: StreamingHttpClient;
  readonly monotonic: MonotonicClock;
  /** Milliseconds for one call, of a stream until its headers are there. */
  readonly timeout: number;
}

export function connectHub(options: HubOptions, { http, monotonic, timeout }: HubDependencies): Hub {
  const base = options.url.replace(/\/+$/, '');
  const tokens = new HubToken(options, { http, monotonic, timeout });

  /** A token that is refused is not shown again. */
  function demand(status: number, wanted: number, response: Pick<HttpResponse, 'status' | 'headers'>, token: string) {
    if (status === wanted) return;
    if (status === 401) tokens.forget(token);
    throw HubFailure.of('hub_refused', { status, challenge: response.headers['www-authenticate'] ?? null });
  }

  return Object.freeze<Hub>({
    prepare: async () => void (await tokens.get()),
    async stream(path, { headers, ...rest }) {
      const token = await tokens.get();
      const authorization = `Bearer ${token}`;
      const opened = await http.open({ url: base + path, headers: { ...headers, authorization }, timeout, ...rest });
      if (!opened.ok) throw HubFailure.ofNet(opened.failure);
      demand(opened.value.status, 200, opened.value, token);
      return opened.value.pieces;
    },
    async send(method, path, body) {
      const token = await tokens.get();
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const content = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await http.send({ method, url: base + path, headers, timeout, ...content });
      if (!answer.ok) throw HubFailure.ofNet(answer.failure);
      demand(answer.value.status, 204, answer.value, token);
    },
  });
}
