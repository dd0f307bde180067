import type { AdapterPayload, KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { EpochMs, NumericDate } from '../../base/clock.ts';
import type { SessionOrigin } from '../ports/session-origin-store.ts';

/** Where someone who is signed in here has signed in, as the session has it. */
export interface Upstream {
  /** `iss`, `sub` and `sid` of the ID token. */
  readonly issuer: string;
  readonly subject: string;
  readonly session?: string | undefined;
  /** When they came from there; they may have authenticated long before. */
  readonly at: NumericDate;
}

/** Writes it into the session: whoever ends theirs there can find ours by it. */
export function recordSessionOrigin(oidc: Provider): void {
  const { Session } = oidc as unknown as { readonly Session: { readonly IN_PAYLOAD: readonly string[] } };
  // What of a session is kept, the library says on the class and asks once.
  Object.defineProperty(Session, 'IN_PAYLOAD', { value: [...Session.IN_PAYLOAD, 'upstream'] });
  oidc.on('interaction.ended', ({ oidc: { session, result } }: KoaContextWithOIDC) => {
    if (session === undefined || result?.login === undefined) return;
    Object.assign(session, { upstream: result.login['upstream'] });
  });
}

export function upstreamOf(payload: AdapterPayload): Upstream | undefined {
  return payload['upstream'] as Upstream | undefined;
}

/**
 * What goes on record of a session that came from elsewhere.
 *
 * @param expiresAt when the last token has ended that could hang on it
 */
export function sessionOriginOf(payload: AdapterPayload, expiresAt: EpochMs): SessionOrigin | undefined {
  const upstream = upstreamOf(payload);
  if (upstream === undefined || payload.uid === undefined) return undefined;
  const { issuer, subject: issuerSubject, session: issuerSession, at } = upstream;
  return { session: payload.uid, issuer, issuerSubject, issuerSession, at, expiresAt };
}
