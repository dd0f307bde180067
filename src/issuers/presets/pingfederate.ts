import { textOf } from '../json-shape.ts';
import type { Preset } from '../preset.ts';
import { standardPlaces } from '../standard-places.ts';

/**
 * PingFederate. Each access token manager has its own keys, at its own "JWKS Endpoint Path", which discovery does not
 * name: set `jwksUri`. "Issuer Claim Value" must be filled in, or no issuer's keys can be chosen for the token; where
 * "Audience Claim Value" is empty, `clients` must list who may call.
 */
export const pingfederate: Preset = {
  name: 'pingfederate',
  title: 'PingFederate',
  discovery: ['openid'],
  algorithms: ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'],
  types: [undefined, 'jwt', 'at+jwt'],
  equals: {},
  places: { ...standardPlaces, session: [['agid'], ['sid']] },
  demands: ['client'],
  audienceFromClient: true,
  introspectionEndpoint: (issuer) => `${issuer}/as/introspect.oauth2`,
  recognises: (document) =>
    'ping_revoked_sris_endpoint' in document || textOf(document, 'token_endpoint').endsWith('/as/token.oauth2'),
};
