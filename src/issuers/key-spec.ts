/** Where an issuer's keys are and how long they are good: plain data, so that equal text means equal sources. */
export interface KeySpec {
  /** The issuer's name in the configuration. */
  readonly name: string;
  /** Configured; wins over discovery. */
  readonly jwksUri: string | undefined;
  /** Where the discovery document may be, in this order. */
  readonly discoveryUrls: readonly string[];
  /** What the discovery document may give as `issuer`, exactly. */
  readonly documentIssuers: readonly string[];
  /** The `iss` values of access tokens, to warn where the discovery document names another (AD FS). */
  readonly acceptedIssuers: readonly string[];
  /** Entra ID: keys that name another tenant are passed over. */
  readonly tenant: string | undefined;
  readonly times: KeySpecTimes;
}

/** Milliseconds; see KeyTimes for what each means. */
export interface KeySpecTimes {
  readonly minRefresh: number;
  readonly maxRefresh: number;
  readonly coolDown: number;
  readonly maxStale: number;
}
