import type { Grant } from 'oidc-provider';
import { oidcScopes } from '../engine/oidc-claims.ts';
import { type ConsentRequest, consentPage } from '../pages/consent-page.ts';
import { finish, formFrame, sendPage, type Visit } from './visit.ts';

export async function showConsent(visit: Visit): Promise<void> {
  const username = await usernameOf(visit);
  sendPage(visit.response, 200, consentPage({ ...formFrame(visit), username, request: requestOf(visit) }));
}

/** What was allowed stays allowed: the grant is asked before the person is asked again. */
export async function consent(visit: Visit): Promise<void> {
  const grant = await grantOf(visit);
  const { missingOIDCScope, missingResourceScopes } = visit.interaction.prompt.details as Missing;
  if (missingOIDCScope !== undefined) grant.addOIDCScope(missingOIDCScope);
  for (const [audience, scopes] of Object.entries(missingResourceScopes ?? {}))
    grant.addResourceScope(audience, scopes);
  await finish(visit, { consent: { grantId: await grant.save() } });
}

/** What the library found not granted yet. */
interface Missing {
  readonly missingOIDCScope?: string[];
  readonly missingResourceScopes?: Readonly<Record<string, string[]>>;
}

async function grantOf({ engine, interaction }: Visit): Promise<Grant> {
  const { grantId, session, params } = interaction;
  const known = grantId === undefined ? undefined : await engine.oidc.Grant.find(grantId);
  return known ?? new engine.oidc.Grant({ accountId: session?.accountId, clientId: String(params['client_id']) });
}

function requestOf({ interaction, services }: Visit): ConsentRequest {
  const scopes = String(interaction.params['scope'] ?? '').split(' ');
  const audiences = [interaction.params['resource'] ?? []].flat();
  const apis = services.apis.filter(({ audience }) => audiences.includes(audience));
  return {
    about: scopes.filter((scope) => oidcScopes.has(scope)),
    apis: apis.map((api) => ({ name: api.name, scopes: scopes.filter((scope) => api.scopes.includes(scope)) })),
  };
}

async function usernameOf({ interaction, services }: Visit): Promise<string> {
  const subject = interaction.session?.accountId ?? '';
  return (await services.accounts.find(subject))?.username ?? subject;
}
