import type { EpochMs } from '../base/clock.ts';
import type { AccessRequest } from '../protocol/access-request.ts';

/** What an expression may ask of `request`, with its CEL type. */
export const requestFields = {
  method: 'string',
  host: 'string',
  path: 'string',
  query: 'string',
  headers: 'Headers',
  time: 'google.protobuf.Timestamp',
};

/** Headers that carry credentials: a policy looks at the principal, not at the token. */
const hidden: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization']);

/** `request.headers`: looked up by name in any case. CEL reads the fields of a Map through `get`. */
export class HeaderFacts extends Map<string, string> {
  readonly #request: AccessRequest;

  constructor(request: AccessRequest) {
    super();
    this.#request = request;
  }

  override get(name: string): string | undefined {
    const lowerCase = name.toLowerCase();
    return hidden.has(lowerCase) ? undefined : this.#request.header(lowerCase);
  }

  override has(name: string): boolean {
    return this.get(name) !== undefined;
  }
}

/** `request` as CEL sees it. */
export class RequestFacts {
  readonly #request: AccessRequest;
  readonly #now: EpochMs;

  constructor(request: AccessRequest, now: EpochMs) {
    this.#request = request;
    this.#now = now;
  }

  get method(): string {
    return this.#request.method;
  }

  get host(): string {
    return this.#request.host;
  }

  get path(): string {
    return this.#request.path;
  }

  get query(): string {
    return this.#request.query;
  }

  get headers(): HeaderFacts {
    return new HeaderFacts(this.#request);
  }

  get time(): Date {
    return new Date(this.#now);
  }
}
