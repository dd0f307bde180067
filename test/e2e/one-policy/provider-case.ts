import type { PresetName } from '../../../src/issuers/index.ts';
import type { Method } from './facts.ts';

/** What one provider makes of the facts, in the shapes of its documentation. */
export interface ProviderCase {
  readonly preset: PresetName;
  readonly issuer: string;
  /** Further members of the issuer, in YAML's flow style: what a user of this provider has to write besides. */
  readonly settings?: string;
  /** Undefined where it issues no JWT that others can verify. */
  readonly jwt?: JwtShape;
  /** Undefined where it has nowhere to ask. */
  readonly opaque?: OpaqueShape;
}

interface JwtShape {
  readonly alg: 'RS256' | 'ES256';
  /** Besides `alg`. */
  readonly header: (key: string) => Readonly<Record<string, unknown>>;
  /** Besides `exp`. */
  readonly claims: Readonly<Record<string, unknown>>;
}

interface OpaqueShape {
  /** What its tokens begin with. */
  readonly prefix: string;
  /** How its endpoint answers for a good token that expires then, in seconds since 1970. */
  readonly answer: (expiry: number) => Readonly<Record<string, unknown>>;
  /** What the answer does not say, so that a rule that demands it refuses, and with which code. */
  readonly lacks?: Readonly<Partial<Record<Method, string>>>;
}
