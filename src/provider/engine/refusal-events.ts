import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider';

/** The library's events on which a request was refused. */
export const refusalEvents = [
  'authorization.error',
  'end_session.error',
  'end_session_confirm.error',
  'end_session_success.error',
  'grant.error',
  'introspection.error',
  'pushed_authorization_request.error',
  'revocation.error',
  'userinfo.error',
] as const;

type RefusalEvent = (typeof refusalEvents)[number];
type RefusalListener = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => void;

export function onRefusal(oidc: Provider, events: readonly RefusalEvent[], listener: RefusalListener): void {
  // The library's types have an overload for each event, and none for several.
  const emitter: { on(event: RefusalEvent, listener: RefusalListener): unknown } = oidc;
  for (const event of events) emitter.on(event, listener);
}
