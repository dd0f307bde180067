import type { AdapterPayload } from 'oidc-provider';
import type { Principal } from '../../protocol/principal.ts';
import { ownPrincipal } from '../own-principal.ts';
import type { Artifact } from '../ports/artifact-store.ts';
import { upstreamOf } from './session-origin.ts';

/**
 * What a revocation may name an artifact by, so that revoking a subject, client or session leaves nothing behind from
 * which new tokens could be made. Undefined for models that no revocation concerns.
 */
export function artifactPrincipal(issuer: string, artifact: Artifact): Principal | undefined {
  const payload = artifact.payload as AdapterPayload;
  const { key: tokenHash, expiresAt } = artifact;
  const base = { tokenHash, expiresAt, subject: payload.accountId };
  switch (artifact.model) {
    case 'RefreshToken':
    case 'AuthorizationCode':
      return ownPrincipal(issuer, {
        ...base,
        client: payload.clientId,
        session: payload.sessionUid,
        issuedAt: payload.iat,
      });
    case 'Session':
      if (payload.accountId === undefined) return undefined;
      // Who came from a federated issuer may have authenticated there before a cut-off, and come here after it.
      return ownPrincipal(issuer, {
        ...base,
        client: undefined,
        session: payload.uid,
        issuedAt: upstreamOf(payload)?.at ?? payload.loginTs,
      });
    default:
      return undefined;
  }
}

/**
 * The sign-in at a federated issuer that a session here came from, as a revocation may name it: what ended there before
 * ours was found has ended ours.
 */
export function upstreamPrincipal({ model, payload, key, expiresAt }: Artifact): Principal | undefined {
  const upstream = model === 'Session' ? upstreamOf(payload as AdapterPayload) : undefined;
  if (upstream === undefined) return undefined;
  const { issuer, subject, session, at } = upstream;
  return ownPrincipal(issuer, { tokenHash: key, subject, client: undefined, session, issuedAt: at, expiresAt });
}
