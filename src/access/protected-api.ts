import type { Issuer } from '../issuers/index.ts';
import type { OpaqueVerifier } from '../opaque/index.ts';
import type { CompiledPolicy } from '../policy/index.ts';

/** An API as the decision sees it (RFC 6749 section 1.1, resource server). Frozen; a reload makes new ones. */
export interface ProtectedApi {
  readonly name: string;
  /** Any one of these in the token's audience is enough; never empty. */
  readonly audiences: readonly string[];
  /** The issuers whose JWTs this API accepts, by each `iss` they use. */
  readonly issuers: ReadonlyMap<string, Issuer>;
  /** Who is asked about opaque tokens, in this order; the first that recognises the form is the only one asked. */
  readonly opaque: readonly OpaqueSource[];
  readonly policy: CompiledPolicy;
  /** What to do while it is not known whether the revocation log has moved on. */
  readonly onStaleRevocations: 'refuse' | 'serve';
}

/** An issuer of opaque tokens: one half says whether a token is active, the other whose it is. */
export interface OpaqueSource {
  readonly verifier: OpaqueVerifier;
  readonly issuer: Issuer;
}
