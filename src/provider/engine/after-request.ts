import type { KoaContextWithOIDC, Provider } from 'oidc-provider';

/** Runs when the library has answered a request at one of its endpoints, before the answer is sent. */
export function afterRequest(oidc: Provider, step: (ctx: KoaContextWithOIDC) => Promise<void> | void): void {
  oidc.use(async (ctx, next) => {
    await next();
    if (ctx['oidc'] !== undefined) await step(ctx as KoaContextWithOIDC);
  });
}
