import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { providerFailed, requestRefused } from '../channels.ts';
import { SubjectTokenRefused } from '../exchange/subject-token-refused.ts';
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
  emitter.on('error', (error) => {
    if (!isOfConnection(error)) providerFailed.announce({ where: 'provider', error });
  });
}

/** A client that breaks off, or sends what is no HTTP, is no failure of ours. Its bytes stand in the parser's errors. */
function isOfConnection(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(?:HPE_.+|ECONNRESET|EPIPE)$/.test(code);
}

function announceRefusal({ oidc }: KoaContextWithOIDC, error: errors.OIDCProviderError): void {
  // A kind of token that the library does not know is answered by us.
  if (error instanceof errors.UnsupportedTokenType) return;
  requestRefused.announce({
    endpoint: oidc.route,
    client: oidc.client?.clientId,
    error: error.error,
    reason: error.error_detail ?? error.error_description,
    ...(error instanceof SubjectTokenRefused && { rejection: error.rejection }),
  });
}
