import { textOf } from '../json-shape.ts';
import type { Preset } from '../preset.ts';
import { standardPlaces } from '../standard-places.ts';

/**
 * Okta. Its custom authorization servers live below `/oauth2/`; the org authorization server, the domain itself, signs
 * access tokens with keys that it does not publish (developer.okta.com, "Authorization servers").
 */
export const okta: Preset = {
  name: 'okta',
  title: 'Okta, custom authorization server',
  discovery: ['openid', 'oauth', 'oauth-appended'],
  algorithms: ['RS256'],
  types: [undefined, 'jwt', 'at+jwt'],
  equals: {},
  // Introspection answers have the names of RFC 7662; ID tokens have neither.
  places: { ...standardPlaces, client: [['cid'], ['client_id']], scopes: [['scp'], ['scope']] },
  demands: ['subject', 'client'],
  audienceFromClient: false,
  form: {
    pattern: /^https?:\/\/[^/]+$|\/oauth2\/[^/]+$/,
    remedy:
      'The issuer of Okta is https://DOMAIN/oauth2/ID, without a slash at the end; that of an org authorization server is https://DOMAIN.',
  },
  refusal: (issuer) =>
    /\/oauth2\/[^/]+$/.test(issuer)
      ? undefined
      : "This is Okta's org authorization server: it does not publish the keys of its access tokens. Have clients ask a custom authorization server (https://DOMAIN/oauth2/ID), or use introspection.",
  introspectionEndpoint: (issuer) => `${issuer}${/\/oauth2\/[^/]+$/.test(issuer) ? '' : '/oauth2'}/v1/introspect`,
  recognises(document) {
    const issuer = textOf(document, 'issuer');
    return [`${issuer}/v1/keys`, `${issuer}/oauth2/v1/keys`].includes(textOf(document, 'jwks_uri'));
  },
};
