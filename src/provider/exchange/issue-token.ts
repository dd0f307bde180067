import type { Client, Provider } from 'oidc-provider';
import { registeredClientOf } from '../client-metadata.ts';
import { resourceServer } from '../engine/resources.ts';
import { setOrigin } from '../engine/token-origin.ts';
import type { LoadedKey } from '../loaded-key.ts';
import type { Services } from '../services.ts';
import type { ExchangeRequest } from './exchange-request.ts';
import type { Exchanged } from './exchange-token.ts';

/** What the token endpoint answers (RFC 6749 section 5.1, RFC 8693 section 2.2.1). Never with a refresh token. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly issued_token_type?: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
  readonly scope?: string;
}

/** Makes the token, which goes on record as every other does: see record-tokens.ts. */
export async function issueToken(
  oidc: Provider,
  { clock }: Services,
  key: LoadedKey,
  client: Client,
  { grant, wanted }: ExchangeRequest,
  { api, scopes, person, actor, lineage }: Exchanged,
): Promise<TokenAnswer> {
  const now = Math.floor(clock() / 1000);
  const { grantId, session, endsAt, subjectTokens } = lineage;
  const scope = scopes.length === 0 ? undefined : scopes.join(' ');
  const facts = { client, accountId: person.subject, gty: grant, grantId, sessionUid: session, scope };
  // The library's types know no access token without a grant of the user's; the library does.
  const token = new oidc.AccessToken(facts as typeof facts & { grantId: string });
  token.resourceServer = new oidc.ResourceServer(api.audience, resourceServer(api, registeredClientOf(client), key));
  token.iat = now;
  token.exp = Math.min(now + api.ttl, Math.floor(endsAt / 1000));
  setOrigin(token, { grant, subjectTokens, claims: person.claims, actor });
  return {
    access_token: await token.save(),
    ...(wanted !== undefined && { issued_token_type: wanted }),
    token_type: 'Bearer',
    expires_in: token.exp - now,
    ...(scope !== undefined && { scope }),
  };
}
