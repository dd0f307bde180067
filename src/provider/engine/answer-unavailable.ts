import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { StoreUnavailable, storeRetryAfterSeconds } from '../../base/store-unavailable.ts';
import { temporarilyUnavailable } from '../pages/error-page.ts';

/**
 * The library knows of its own refusals, and of failures. A store that cannot be asked is neither: the client is told
 * to try again (RFC 7009 section 2.2.1 has it for revocation: "the client must assume the token still exists").
 */
export function answerUnavailable(oidc: Provider): void {
  oidc.on('server_error', (ctx: KoaContextWithOIDC, error: unknown) => {
    if (!(error instanceof StoreUnavailable)) return;
    ctx.status = 503;
    ctx.set('retry-after', String(storeRetryAfterSeconds));
    // Where there is a person, there is a page: see renderError.
    if (ctx.type !== 'text/html') ctx.body = temporarilyUnavailable;
  });
}
