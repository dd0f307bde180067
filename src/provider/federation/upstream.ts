import * as oauth from 'oauth4webapi';
import { type Clock, systemClock } from '../../base/clock.ts';
import { type HttpClient, isLoopbackHost } from '../../net/index.ts';
import { clockTolerance } from './check-id-token.ts';
import { outboundFetch } from './outbound-fetch.ts';
import type { SignInIssuer } from './sign-in-issuer.ts';

/** An issuer as the library deals with it. */
export interface Upstream {
  readonly issuer: SignInIssuer;
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly authentication: oauth.ClientAuth;
  readonly options: RequestOptions;
}

export interface RequestOptions {
  readonly [oauth.customFetch]: ReturnType<typeof outboundFetch>;
  readonly [oauth.allowInsecureRequests]: true;
}

export function upstreamOf(
  issuer: SignInIssuer,
  server: oauth.AuthorizationServer,
  http: HttpClient,
  clock: Clock,
): Upstream {
  const client = {
    client_id: issuer.client.id,
    [oauth.clockTolerance]: clockTolerance,
    // The library reads the system's clock; ours may be another.
    [oauth.clockSkew]: Math.round((clock() - systemClock()) / 1000),
  };
  // A document from elsewhere must not point at what listens on this machine's loopback.
  const isHere = isLoopbackHost(new URL(issuer.discovery).hostname);
  const options = {
    [oauth.customFetch]: outboundFetch(http, isHere ? 'operator' : 'peer'),
    // What is sent in clear, and where to, src/net decides: loopback alone.
    [oauth.allowInsecureRequests]: true,
  } as const;
  return { issuer, server, client, authentication: authenticationOf(issuer, server), options };
}

/** RFC 8414 section 2: where the issuer does not say how, it is client_secret_basic. */
function authenticationOf({ client }: SignInIssuer, server: oauth.AuthorizationServer): oauth.ClientAuth {
  if (client.secret === undefined) return oauth.None();
  const methods = server.token_endpoint_auth_methods_supported;
  const basic = methods === undefined || methods.includes('client_secret_basic');
  return basic ? oauth.ClientSecretBasic(client.secret) : oauth.ClientSecretPost(client.secret);
}
