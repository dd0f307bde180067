import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { providerFailed, requestRefused } from '../channels.ts';
import { errors } from './library.ts';
import { onRefusal, refusalEvents } from './refusal-events.ts';

/** Passes on what the library tells of refusals and failures. */
export function announceEvents(oidc: Provider): void {
  onRefusal(oidc, refusalEvents, announceRefusal);
  oidc.on('server_error', (ctx: KoaContextWithOIDC, error: unknown) => {
    providerFailed.announce({ where: ctx.oidc.route, error });
  });
  // Whoever listens here keeps the web framework from writing to the console.
  const emitter: { on(event: 'error', listener: (error: unknown) => void): unknown } = oidc;
  emitter.on('error', (error) => providerFailed.announce({ where: 'provider', error }));
}

function announceRefusal({ oidc }: KoaContextWithOIDC, error: errors.OIDCProviderError): void {
  // A kind of token that the library does not know is answered by us.
  if (error instanceof errors.UnsupportedTokenType) return;
  requestRefused.announce({
    endpoint: oidc.route,
    client: oidc.client?.clientId,
    error: error.error,
    reason: error.error_detail ?? error.error_description,
  });
}
