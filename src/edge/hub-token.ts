import type { MonotonicClock, MonotonicMs } from '../base/clock.ts';
import { isJsonObject } from '../base/json.ts';
import { type HttpClient, type HttpResponse, jsonDocument } from '../net/index.ts';
import { adminAudience, followScope } from '../protocol/admin-access.ts';
import { HubFailure } from './hub-failure.ts';
import type { HubOptions } from './hub-options.ts';

/** Of its life, after which another is asked for. */
const renewAfter = 0.8;

/** Bytes; a token is small. */
const maxBytes = 65_536;

interface Held {
  readonly token: string;
  readonly renewAt: MonotonicMs;
  readonly expiresAt: MonotonicMs;
}

export interface HubTokenDependencies {
  readonly http: HttpClient;
  readonly monotonic: MonotonicClock;
  /** Milliseconds for one request. */
  readonly timeout: number;
}

/** The access token for the hub, got by client credentials (RFC 6749 section 4.4) and renewed before it expires. */
export class HubToken {
  readonly #options: Pick<HubOptions, 'tokenEndpoint' | 'client'>;
  readonly #dependencies: HubTokenDependencies;
  #held: Held | undefined;
  #asking: Promise<Held> | undefined;

  constructor(options: Pick<HubOptions, 'tokenEndpoint' | 'client'>, dependencies: HubTokenDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
  }

  /** @throws HubFailure where none can be had; one that is still good serves until it expires */
  async get(): Promise<string> {
    const { monotonic } = this.#dependencies;
    const held = this.#held;
    if (held !== undefined && monotonic() < held.renewAt) return held.token;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    try {
      this.#held = await this.#asking;
      return this.#held.token;
    } catch (error) {
      if (held !== undefined && monotonic() < held.expiresAt && this.#held === held) return held.token;
      throw error;
    }
  }

  /** It was refused: another one is to be got. */
  forget(token: string): void {
    if (this.#held?.token === token) this.#held = undefined;
  }

  async #ask(): Promise<Held> {
    const { tokenEndpoint, client } = this.#options;
    const { http, monotonic, timeout } = this.#dependencies;
    const form = { grant_type: 'client_credentials', resource: adminAudience, scope: followScope };
    const askedAt = monotonic();
    const answer = await http.send({
      method: 'POST',
      url: tokenEndpoint,
      headers: { authorization: basic(client), 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      maxBytes,
      timeout,
    });
    if (!answer.ok) throw HubFailure.ofNet(answer.failure);
    return heldOf(answer.value, askedAt);
  }
}

function heldOf(response: HttpResponse, askedAt: MonotonicMs): Held {
  const document = jsonDocument(response);
  const said = document.ok && isJsonObject(document.value.value) ? document.value.value : {};
  const { access_token: token, token_type: type, expires_in: seconds, error } = said;
  if (response.status !== 200) throw HubFailure.of('token_refused', { status: response.status, error: error ?? null });
  // RFC 6749 section 7.1: what is of an unknown type is not to be used.
  if (typeof token !== 'string' || !/^[\w.~+/=-]+$/.test(token) || String(type).toLowerCase() !== 'bearer') {
    throw HubFailure.of('token_malformed');
  }
  const life = typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : 60_000;
  return { token, renewAt: askedAt + life * renewAfter, expiresAt: askedAt + life };
}

/** RFC 6749 section 2.3.1: both are form-encoded before they are joined. */
function basic({ id, secret }: HubOptions['client']): string {
  const encoded = [id, secret].map((text) => new URLSearchParams([['', text]]).toString().slice(1));
  return `Basic ${Buffer.from(encoded.join(':')).toString('base64')}`;
}
