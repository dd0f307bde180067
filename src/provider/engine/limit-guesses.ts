import type { Client, KoaContextWithOIDC } from 'oidc-provider';
import { exchangeGrantTypes } from '../client-metadata.ts';
import { secretFits } from '../client-secret.ts';
import type { Attempt } from '../guess-limiter.ts';
import type { Services } from '../services.ts';
import { afterRequest } from './after-request.ts';
import { errors, Provider } from './library.ts';
import { onRefusal } from './refusal-events.ts';

/** Where clients authenticate or present something that only its holder can know. */
const guarded: ReadonlySet<string> = new Set(['token', 'introspection', 'revocation', 'pushed_authorization_request']);

/** What is wrong when someone guesses. */
const guesses: ReadonlySet<string> = new Set(['invalid_grant', 'invalid_client']);

/** Compares client secrets by their hashes, and slows down whoever guesses them, codes or refresh tokens. */
export function limitGuesses(oidc: Provider, { limiter, addressOf }: Services): void {
  const counted = new WeakSet<object>();
  const attemptOf = (name: string, { req }: KoaContextWithOIDC): Attempt => ({
    kind: 'client',
    name,
    address: addressOf(req),
  });

  oidc.Client.prototype.compareClientSecret = function (this: Client, secret: string) {
    const ctx = contextOf();
    counted.add(ctx.req);
    const attempt = attemptOf(this.clientId, ctx);
    refuseFor(ctx, limiter.begin(attempt));
    const fits = secretFits(secret, this.clientSecret ?? '');
    if (fits) limiter.succeeded(attempt);
    return fits;
  };

  const { find } = oidc.Client;
  oidc.Client.find = async function (id: string) {
    const ctx = Provider.ctx;
    if (ctx !== undefined && guarded.has(ctx.oidc.route)) refuseFor(ctx, limiter.waitFor(attemptOf(id, ctx)));
    return find.call(this, id);
  };

  onRefusal(oidc, guardedEvents, (ctx, { error }) => {
    if (error === 'invalid_grant' && isExchange(ctx)) return;
    if (guesses.has(error) && !counted.has(ctx.req)) limiter.failed(attemptOf(claimedName(ctx), ctx));
  });
  afterRequest(oidc, (ctx) => {
    if (guarded.has(ctx.oidc.route) && ctx.status === 200) limiter.known(attemptOf(claimedName(ctx), ctx));
  });
}

const guardedEvents = [
  'grant.error',
  'introspection.error',
  'revocation.error',
  'pushed_authorization_request.error',
] as const;

/** Assertions are signed, not guessed, and who presents one has authenticated. */
function isExchange({ oidc }: KoaContextWithOIDC): boolean {
  const grantType = oidc.params?.['grant_type'];
  return Object.values<unknown>(exchangeGrantTypes).includes(grantType);
}

function claimedName({ oidc }: KoaContextWithOIDC): string {
  return oidc.client?.clientId ?? '';
}

function contextOf(): KoaContextWithOIDC {
  const ctx = Provider.ctx;
  if (ctx === undefined) throw new TypeError('A client secret is compared outside of a request.');
  return ctx;
}

/** RFC 6585 section 4. Of the error codes of OAuth, none says it better. */
function refuseFor(ctx: KoaContextWithOIDC, retryAfterSeconds: number | undefined): void {
  if (retryAfterSeconds === undefined) return;
  ctx.set('retry-after', String(retryAfterSeconds));
  const error = new errors.OIDCProviderError(429, 'temporarily_unavailable');
  error.error_description = `too many attempts have failed; try again in ${retryAfterSeconds} seconds`;
  throw error;
}
