import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { exchangeGrantTypes, registeredClientOf } from '../client-metadata.ts';
import { errors } from '../engine/library.ts';
import type { LoadedKey } from '../loaded-key.ts';
import type { Services } from '../services.ts';
import { exchangeParameters, readExchangeRequest } from './exchange-request.ts';
import { exchangeToken } from './exchange-token.ts';
import { issueToken } from './issue-token.ts';
import { SubjectTokenRefused } from './subject-token-refused.ts';

/** Teaches the library the grants for which there is a rule; it offers them in its metadata then. */
export function registerExchangeGrants(oidc: Provider, services: Services, key: LoadedKey): void {
  for (const grant of services.exchange.offered) {
    const answer = async (ctx: KoaContextWithOIDC): Promise<void> => {
      const { client, params = {} } = ctx.oidc;
      if (client === undefined) throw new TypeError('A token is exchanged for nobody.');
      const request = readExchangeRequest(params, grant);
      const exchanged = await exchangeToken(services, registeredClientOf(client), request);
      ctx.body = await issueToken(oidc, services, key, client, request, exchanged);
    };
    oidc.registerGrantType(exchangeGrantTypes[grant], sayWhenAgain(answer), exchangeParameters[grant], mayRepeat);
  }
  refuseUnregistered(oidc);
}

/** RFC 8693 section 2.1 and RFC 8707 section 2. */
const mayRepeat = ['resource', 'audience'];

type Answer = (ctx: KoaContextWithOIDC) => Promise<void>;

function sayWhenAgain(answer: Answer): Answer {
  return async (ctx) => {
    try {
      await answer(ctx);
    } catch (error) {
      const after = error instanceof SubjectTokenRefused ? error.rejection.retryAfter : undefined;
      if (after !== undefined) ctx.set('retry-after', String(after));
      throw error;
    }
  };
}

const ours: ReadonlySet<string> = new Set(Object.values(exchangeGrantTypes));

/** RFC 6749 section 5.2 has a code for a client that may not use a grant; the library has invalid_request. */
function refuseUnregistered(oidc: Provider): void {
  const { grantTypeAllowed } = oidc.Client.prototype;
  oidc.Client.prototype.grantTypeAllowed = function (grantType: string) {
    const isAllowed = grantTypeAllowed.call(this, grantType);
    if (isAllowed || !ours.has(grantType)) return isAllowed;
    throw new errors.UnauthorizedClient('the client is not registered for this grant');
  };
}
