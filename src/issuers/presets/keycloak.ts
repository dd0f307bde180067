import { algorithmNames } from '../../tokens/index.ts';
import { textOf } from '../json-shape.ts';
import type { Preset } from '../preset.ts';
import { standardPlaces } from '../standard-places.ts';

/**
 * Keycloak. The keys of a realm sign ID tokens, too, with the same header: the claim `typ` tells them apart. Access
 * tokens have `Bearer` there, or `DPoP` where they are bound to a key of the client. Roles of the realm stand for
 * themselves, roles of a client are qualified (`orders-api:read`). The API is in `aud` only if an audience mapper puts
 * it there; `sub` may be missing where a client lacks the scope `basic`.
 */
export const keycloak: Preset = {
  name: 'keycloak',
  title: 'Keycloak',
  discovery: ['openid'],
  algorithms: algorithmNames,
  types: ['jwt', 'at+jwt'],
  equals: { typ: ['Bearer', 'DPoP'] },
  places: {
    ...standardPlaces,
    client: [['azp'], ['client_id']],
    roles: [
      ['realm_access', 'roles'],
      ['resource_access', '*', 'roles'],
    ],
  },
  demands: ['client'],
  audienceFromClient: false,
  form: { pattern: /\/realms\/[^/]+$/, remedy: 'The issuer is the realm: https://HOST/realms/REALM.' },
  introspectionEndpoint: (issuer) => `${issuer}/protocol/openid-connect/token/introspect`,
  recognises: (document) =>
    textOf(document, 'jwks_uri') === `${textOf(document, 'issuer')}/protocol/openid-connect/certs`,
};
