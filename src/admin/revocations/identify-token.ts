import type { ProtectedApi } from '../../access/index.ts';
import type { EpochMs } from '../../base/clock.ts';
import { sha256Hex } from '../../base/sha256.ts';
import type { Issuer } from '../../issuers/index.ts';
import { checksumFits, opaquePrefixes, opaquePrefixOf } from '../../opaque/index.ts';
import { decodeJwt, recognise, tokenHashes } from '../../tokens/index.ts';

/** All that a revocation has to know of a token: nobody can get the token back from it. */
export interface IdentifiedToken {
  readonly issuer: Issuer;
  /** Every hash by which the bearer can present it. */
  readonly hashes: readonly string[];
  /** From `exp`, which is not verified here: no more is revoked by it than this very token. */
  readonly expiresAt: EpochMs | undefined;
}

/**
 * Reads whose token a value is.
 *
 * @param named the issuer that the caller named, for tokens that do not say themselves
 * @returns a string that says why it cannot be said
 */
export function identifyToken(
  token: string,
  named: Issuer | undefined,
  issuers: readonly Issuer[],
  self: ProtectedApi,
): IdentifiedToken | string {
  return recognise(token) === 'jwt' ? identifyJwt(token, named, issuers) : identifyOpaque(token, named, self);
}

function identifyJwt(token: string, named: Issuer | undefined, issuers: readonly Issuer[]): IdentifiedToken | string {
  const jwt = decodeJwt(token, token.length);
  if (!jwt.ok) return `is damaged: ${jwt.rejection.code}`;
  const { iss, exp } = jwt.value.payload;
  const issuer = issuers.find(({ expectation }) => typeof iss === 'string' && expectation.issuers.includes(iss));
  if (issuer === undefined) return 'is of an issuer that is not configured here';
  if (named !== undefined && named !== issuer) return `is of the issuer ${issuer.name}, not of ${named.name}`;
  return { issuer, hashes: tokenHashes(token), expiresAt: typeof exp === 'number' ? exp * 1000 : undefined };
}

function identifyOpaque(token: string, named: Issuer | undefined, self: ProtectedApi): IdentifiedToken | string {
  const prefix = opaquePrefixOf(token);
  if (prefix !== undefined && prefix !== 'gho_') {
    return `is no access token but of the kind "${opaquePrefixes[prefix]}": revoke that at the provider`;
  }
  if (prefix !== undefined && !checksumFits(token)) return 'is damaged: its checksum does not fit';
  const issuer = named ?? self.opaque.find(({ verifier }) => verifier.recognises(token))?.issuer;
  if (issuer === undefined) return 'does not say who issued it: name the issuer';
  return { issuer, hashes: [sha256Hex(token)], expiresAt: undefined };
}
