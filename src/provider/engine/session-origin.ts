import type { AdapterPayload, KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { NumericDate } from '../../base/clock.ts';

/** Where someone who is signed in here has signed in. */
export interface SessionOrigin {
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

export function sessionOriginOf(payload: AdapterPayload): SessionOrigin | undefined {
  return payload['upstream'] as SessionOrigin | undefined;
}
