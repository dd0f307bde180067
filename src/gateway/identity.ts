import type { Granted } from '../access/index.ts';
import type { EpochMs } from '../base/clock.ts';

/** `forward.identity`: what the upstream is told about the caller, and how. */
export type IdentityOptions =
  /** A JWT of ours in `Authorization`, for this audience, valid for `lifetimeMs` at most. Default 60000 (1 min). */
  | { readonly kind: 'jwt'; readonly audience: string; readonly lifetimeMs?: number | undefined }
  /** `Gatehouse-Issuer`, `-Subject`, `-Client`, `-Consumer`, `-Scope`, and one header for each named claim. */
  | { readonly kind: 'headers'; readonly claims?: ClaimHeaders | undefined }
  /** The caller's own `Authorization`, unchanged. */
  | { readonly kind: 'token' }
  | { readonly kind: 'none' };

/** Header name -> path of the claim, one segment a member: `['resource_access', 'my.client', 'roles']`. */
export type ClaimHeaders = Readonly<Record<string, readonly string[]>>;

/** The options, made ready: worked out once for each API, and then once for each token. */
export interface Identity {
  /** Whether the caller's own credential goes upstream. */
  readonly passesToken: boolean;
  /** Folded names of the header fields that only we may send, besides `Gatehouse-*`. */
  readonly ownNames: ReadonlySet<string>;
  /** Names of all fields that the upstream must not have from the caller, lower case. */
  readonly reserved: readonly string[];
  /** @returns name, value, name, value */
  fieldsFor(granted: Granted, now: EpochMs): readonly string[];
  /** The same as they go over the wire. */
  linesFor(granted: Granted, now: EpochMs): string;
}

/** What is the gateway's to say, whichever way identity is told. */
export const fixedNames = [
  'gatehouse-issuer',
  'gatehouse-subject',
  'gatehouse-client',
  'gatehouse-consumer',
  'gatehouse-scope',
] as const;
