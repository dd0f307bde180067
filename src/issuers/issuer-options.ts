import type { AlgorithmName, DecryptionKey } from '../tokens/index.ts';
import type { ClaimPlaces } from './claim-places.ts';
import type { PresetName } from './preset.ts';

/** One issuer as the operator configures it. What is left out is as the preset says. */
export interface IssuerOptions {
  readonly preset: PresetName;
  /** It is known by its introspection endpoint alone: no JWT of it is taken, and no keys are sought. Default false. */
  readonly opaqueOnly?: boolean;
  /** The issuer identifier, to the letter. Entra ID: with `{tenantid}` in place of the tenant if there are several. */
  readonly issuer: string;
  /** Every `iss` that tokens of this issuer may carry, if it is not (only) `issuer`; exact strings. */
  readonly acceptedIssuers?: readonly string[];
  /** Entra ID: the tenants (GUIDs) whose tokens are accepted. */
  readonly tenants?: readonly string[];
  /** URL of the discovery document, if it is not at the well-known place. */
  readonly discovery?: string;
  /** URL of the key set; wins over discovery, which then does not happen. */
  readonly jwksUri?: string;
  /** Only tokens of these clients are accepted. Needed where tokens have no `aud` (Cognito). */
  readonly clients?: readonly string[];
  readonly algorithms?: readonly AlgorithmName[];
  /** Accepted `typ` of the JOSE header, in any case, with or without `application/`; `none`: absent. */
  readonly typ?: readonly string[];
  /** Claims that a JWT must have besides `iss`, `exp` and what the preset demands. */
  readonly required?: readonly string[];
  /** Claims that must be one of some strings; replaces the preset's. */
  readonly equals?: Readonly<Record<string, readonly string[]>>;
  /** What a token may not lack; replaces the preset's. */
  readonly demands?: readonly ('subject' | 'client')[];
  /** A token without `aud` is for its client; only together with `clients`. */
  readonly audienceFromClient?: boolean;
  /** Seconds of clock difference that are tolerated. Default 5. */
  readonly leewaySeconds?: number;
  /** Seconds between `iat` and `exp`. Default: any. */
  readonly maxLifetimeSeconds?: number;
  readonly claims?: Partial<ClaimPlaces>;
  readonly keys?: KeyTimes;
  /** Our private keys, for which the issuer encrypts tokens. Default: none, and encrypted tokens are refused. */
  readonly decryptionKeys?: readonly DecryptionKey[];
}

/** Milliseconds. */
export interface KeyTimes {
  /** Between two background fetches at least, whatever Cache-Control says. Default 60000 (1 minute). */
  readonly minRefresh?: number;
  /** Between two background fetches at most: a removed key stops verifying after this. Default 300000 (5 minutes). */
  readonly maxRefresh?: number;
  /** Between two fetches for keys that turned out to be unknown. Default 10000 (10 seconds). */
  readonly coolDown?: number;
  /** For how long the last keys serve while the issuer cannot be reached. Default 86400000 (24 hours). */
  readonly maxStale?: number;
}
