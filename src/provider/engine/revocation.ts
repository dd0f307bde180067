import type { Provider } from 'oidc-provider';
import { tokensRevoked } from '../channels.ts';
import type { RegisteredClient } from '../registered-client.ts';
import type { Services } from '../services.ts';
import { revocationOf } from '../token-revocation.ts';
import { findOwnToken } from './find-own-token.ts';
import { errors } from './library.ts';

/**
 * Revokes a token of the caller's (RFC 7009): an access token alone; a refresh token with all that came from its grant
 * (section 2.1). Resolves when the revocation is durable and applied in this process. A token that is unknown, or has
 * ended, is none to revoke (section 2.2).
 *
 * @throws InvalidGrant where the token is another client's: section 2.1, "the request is refused and the client is
 *   informed of the error"
 */
export async function revokeToken(
  oidc: Provider,
  services: Services,
  caller: RegisteredClient,
  value: string,
): Promise<void> {
  const own = await findOwnToken(oidc, services, value);
  if (own === undefined) return;
  if (own.client !== caller.id) throw new errors.InvalidGrant('the token was issued to another client');
  const actor = `client:${caller.id}`;
  if (own.type === 'refresh') {
    await services.families.end(own.grantId, 'revoked', actor);
  } else if (own.active) {
    const note = { actor, reason: 'revoked at the revocation endpoint' };
    await services.revocations.revoke([revocationOf(services.issuer, own.token, note)]);
    tokensRevoked.announce({ ids: [own.token.id], ...note });
  }
}
