import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { registeredClientOf } from '../client-metadata.ts';
import type { RegisteredClient } from '../registered-client.ts';
import type { Services } from '../services.ts';
import { afterRequest } from './after-request.ts';
import { introspect } from './introspection.ts';
import { errors } from './library.ts';
import { onRefusal } from './refusal-events.ts';
import { revokeToken } from './revocation.ts';

/** RFC 9701 section 4 */
const signedAnswer = 'application/token-introspection+jwt';

type Answer = (ctx: KoaContextWithOIDC, caller: RegisteredClient, token: string) => Promise<void>;

/**
 * Introspection and revocation for both kinds of token. The library, which knows opaque tokens only, parses the request
 * and authenticates the client; where it comes to the token, the answer is ours.
 */
export function answerEndpoints(oidc: Provider, services: Services): void {
  const answers: Readonly<Record<string, Answer>> = {
    introspection: async (ctx, caller, token) => {
      // RFC 7662 section 2.1: the endpoint "MUST also require some form of authorization"; a name alone is none.
      if (caller.authentication === 'none')
        throw new errors.InvalidClientAuth('introspection is for confidential clients');
      answerIntrospection(ctx, services, caller, await introspect(oidc, services, caller, token));
    },
    revocation: async (ctx, caller, token) => {
      await revokeToken(oidc, services, caller, token);
      // The library may have begun to answer otherwise.
      ctx.remove('content-type');
      Object.assign(ctx, { status: 200, body: '' });
    },
  };
  const reached = markReached(oidc);
  afterRequest(oidc, async (ctx) => {
    const { client, params, route } = ctx.oidc;
    const answer = answers[route];
    if (answer === undefined || client === undefined || !(ctx.status === 200 || reached.has(ctx.oidc))) return;
    await answer(ctx, registeredClientOf(client), String(params?.['token'])).catch((error) => refuse(ctx, error));
  });
}

/** The library refuses a JWT as a type of token that it does not support, after it has authenticated the client. */
function markReached(oidc: Provider): WeakSet<object> {
  const reached = new WeakSet<object>();
  onRefusal(oidc, ['introspection.error', 'revocation.error'], (ctx, error) => {
    if (error instanceof errors.UnsupportedTokenType) reached.add(ctx.oidc);
  });
  return reached;
}

function answerIntrospection(
  ctx: KoaContextWithOIDC,
  { issuer, clock, keys }: Services,
  caller: RegisteredClient,
  answer: Awaited<ReturnType<typeof introspect>>,
): void {
  ctx.status = 200;
  if (ctx.accepts('application/json', signedAnswer) !== signedAnswer) {
    ctx.body = answer;
    return;
  }
  const iat = Math.floor(clock() / 1000);
  ctx.body = keys.sign({ iss: issuer, aud: caller.id, iat, token_introspection: answer }, 'token-introspection+jwt');
  ctx.type = signedAnswer;
}

function refuse(ctx: KoaContextWithOIDC, error: unknown): void {
  const { app, oidc } = ctx;
  if (error instanceof errors.OIDCProviderError) {
    const { statusCode, error: code, error_description } = error;
    Object.assign(ctx, { status: statusCode, body: { error: code, error_description } });
    app.emit(`${oidc.route}.error`, ctx, error);
  } else {
    // As the library does with what it did not foresee.
    Object.assign(ctx, { status: 500, body: { error: 'server_error', error_description: 'something went wrong' } });
    app.emit('server_error', ctx, error);
  }
}
