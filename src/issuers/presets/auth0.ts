import { textOf } from '../json-shape.ts';
import type { Preset } from '../preset.ts';
import { standardPlaces } from '../standard-places.ts';

/**
 * Auth0. Two token profiles: its own (`typ` JWT, `azp`) and RFC 9068 (`at+jwt`, `client_id`). `permissions` are what
 * the user may do whatever the client asked for, so they are roles here: as scopes they would widen what was granted.
 * A client that names no audience gets a token that Auth0 encrypted for itself (JWE, `dir`), good at its userinfo
 * endpoint only.
 */
export const auth0: Preset = {
  name: 'auth0',
  title: 'Auth0',
  discovery: ['openid'],
  algorithms: ['RS256', 'RS512', 'PS256'],
  types: ['jwt', 'at+jwt'],
  equals: {},
  places: { ...standardPlaces, client: [['client_id'], ['azp']], roles: [['permissions']] },
  demands: ['subject', 'client'],
  audienceFromClient: false,
  form: { pattern: /\/$/, remedy: 'The issuer of Auth0 ends in a slash: https://TENANT.REGION.auth0.com/' },
  recognises(document) {
    const issuer = textOf(document, 'issuer');
    return issuer.endsWith('/') && textOf(document, 'jwks_uri') === `${issuer}.well-known/jwks.json`;
  },
};
