import type { JsonObject } from '../../base/json.ts';
import type { SubjectToken } from '../ports/token-registry.ts';
import type { AccessModel } from './issued-token.ts';

/** What an access token came by, where that was an exchange: the library has no place for it. */
export interface TokenOrigin {
  /** What was exchanged, the nearest first. */
  readonly subjectTokens: readonly SubjectToken[];
  /** Of the account, of which the API's own come into the token. */
  readonly claims: JsonObject;
  /** `act` (RFC 8693 section 4.1) */
  readonly actor: JsonObject;
}

const origins = new WeakMap<AccessModel, TokenOrigin>();

export function setOrigin(token: AccessModel, origin: TokenOrigin): void {
  origins.set(token, origin);
}

export function originOf(token: AccessModel): TokenOrigin | undefined {
  return origins.get(token);
}
