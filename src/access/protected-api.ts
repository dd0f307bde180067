import type { Issuer } from '../issuers/index.ts';
import type { OpaqueVerifier } from '../opaque/index.ts';
import type { CompiledPolicy } from '../policy/index.ts';
import type { TokenStatuses } from '../status/index.ts';
import type { Consumers } from './consumers.ts';

/** An API as the decision sees it (RFC 6749 section 1.1, resource server). Frozen; a reload makes new ones. */
export interface ProtectedApi {
  readonly name: string;
  /** Any one of these in the token's audience is enough; never empty. */
  readonly audiences: readonly string[];
  /** The issuers whose JWTs this API accepts, by each `iss` they use. */
  readonly issuers: ReadonlyMap<string, Issuer>;
  /** Those of them that are asked about their JWTs too, instead of verifying them here, by each `iss` they use. */
  readonly introspected: ReadonlyMap<string, OpaqueSource>;
  /** Who is asked about opaque tokens, in this order, as far as they recognise the form. */
  readonly opaque: readonly OpaqueSource[];
  /**
   * Whether the next one is asked where one says that the token is not active; never after one that could not say.
   * False: the first that recognises the form is the only one asked.
   */
  readonly askInOrder: boolean;
  /** Milliseconds for which an issuer's good word on a token still counts while it cannot be asked; 0: not at all. */
  readonly graceMs: number;
  /**
   * Who says of each of them whether a token is still good that names a status list. Without an entry, what the token
   * says of that is passed over.
   */
  readonly statuses: ReadonlyMap<Issuer, TokenStatuses>;
  readonly policy: CompiledPolicy;
  /** Everybody who is known by name: one directory for all APIs of a configuration. */
  readonly consumers: Consumers;
  /** Who may call: anybody, any consumer that is known, or only those named. */
  readonly consumer: 'any' | 'known' | readonly string[];
  /** What to do while it is not known whether the revocation log has moved on. */
  readonly onStaleRevocations: 'refuse' | 'serve';
}

/** An issuer that is asked: one half says whether a token is active, the other whose it is. */
export interface OpaqueSource {
  readonly verifier: OpaqueVerifier;
  readonly issuer: Issuer;
  /** Our own provider, here or at the hub: tokens of our form are shown to no other, and no others to it. Default false. */
  readonly isOurs?: boolean;
}
