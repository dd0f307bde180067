/** Whose tokens are exchanged for ours, for which clients and APIs. Rules add up: one that is met is enough. */
export interface ExchangeRule {
  /** Default: token-exchange alone. */
  readonly grants?: readonly ExchangeGrant[] | undefined;
  /** Names of the issuers whose tokens are taken; `provider` is ourselves. */
  readonly from: readonly string[];
  /** Names of the APIs that a token may be had for. */
  readonly to: readonly string[];
  /** Ids of the clients, ours, that may exchange. */
  readonly clients: readonly string[];
  /**
   * Whom the token must be meant for, one being enough. Default: us, by issuer identifier or token endpoint. An
   * assertion must be meant for us in any case (RFC 7523 section 3).
   */
  readonly audience?: readonly string[] | undefined;
  /**
   * The scopes that may be granted, of those that the client may have of the API. Default: those that the token has
   * itself. Of a token of ours never more than that.
   */
  readonly scopes?: readonly string[] | undefined;
  /** A CEL expression over `principal`, the token's, that must be true. */
  readonly when?: string | undefined;
}

/** Token exchange (RFC 8693) and the JWT bearer grant (RFC 7523 section 2.1), by the names of our configuration. */
export const exchangeGrants = ['token-exchange', 'jwt-bearer'] as const;
export type ExchangeGrant = (typeof exchangeGrants)[number];

export function grantsOf({ grants = ['token-exchange'] }: ExchangeRule): readonly ExchangeGrant[] {
  return grants;
}

/** Us, by issuer identifier or token endpoint. */
export function ourAudiences(issuer: string): readonly string[] {
  return [issuer, `${issuer}/token`];
}

/** Whom a token must be meant for that is presented under a grant. */
export function audiencesFor(rule: ExchangeRule, grant: ExchangeGrant, issuer: string): readonly string[] {
  return grant === 'jwt-bearer' ? ourAudiences(issuer) : (rule.audience ?? ourAudiences(issuer));
}
