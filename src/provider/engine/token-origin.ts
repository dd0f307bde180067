import type { JsonObject } from '../../base/json.ts';
import type { ExchangeGrant } from '../exchange-rule.ts';
import type { SubjectToken } from '../ports/token-registry.ts';

/** What an access token came by, where that was an exchange: the library has no place for it. */
export interface TokenOrigin {
  readonly grant: ExchangeGrant;
  /** What was exchanged, the nearest first. */
  readonly subjectTokens: readonly SubjectToken[];
  /** Of the account, of which the API's own come into the token. */
  readonly claims: JsonObject;
  /** `act` (RFC 8693 section 4.1) */
  readonly actor: JsonObject;
}

const origins = new WeakMap<object, TokenOrigin>();

/** @param token the library's model of it */
export function setOrigin(token: object, origin: TokenOrigin): void {
  origins.set(token, origin);
}

export function originOf(token: object): TokenOrigin | undefined {
  return origins.get(token);
}
