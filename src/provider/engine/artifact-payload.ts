import type { AdapterPayload } from 'oidc-provider';
import type { Artifact } from '../ports/artifact-store.ts';

/** The path under which a sign-in goes on once its interaction has ended. */
export const authorizePath = '/authorize';

/**
 * What is kept of a payload: everything but the values by which someone could claim to be the bearer, namely its own
 * (`jti`), the place to go on at, which ends with it, and the cookie of the session that an interaction belongs to.
 */
export function publicPayload(model: string, payload: AdapterPayload): Artifact['payload'] {
  const { jti: _jti, ...kept } = payload;
  if (model !== 'Interaction') return kept;
  const { returnTo: _returnTo, session, ...interaction } = kept;
  if (session === undefined) return interaction;
  const { cookie: _cookie, ...known } = session;
  return { ...interaction, session: known };
}

/** The payload as the library gave it. */
export function restoredPayload(artifact: Artifact, id: string, issuer: string): AdapterPayload {
  const { model, payload, consumedAt } = artifact;
  return {
    ...payload,
    jti: id,
    ...(consumedAt !== undefined && { consumed: consumedAt }),
    ...(model === 'Interaction' && { returnTo: `${issuer}${authorizePath}/${id}` }),
  };
}
