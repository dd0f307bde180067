import { algorithmNames } from '../../tokens/index.ts';
import type { Preset } from '../preset.ts';
import { standardPlaces } from '../standard-places.ts';

/** Any OpenID provider that issues JWT access tokens. */
export const oidc: Preset = {
  name: 'oidc',
  title: 'OpenID provider',
  discovery: ['openid', 'oauth', 'openid-inserted', 'oauth-appended'],
  algorithms: algorithmNames,
  types: ['at+jwt', 'jwt', undefined],
  equals: {},
  places: { ...standardPlaces, client: [['client_id'], ['azp']], scopes: [['scope'], ['scp']] },
  demands: [],
  audienceFromClient: false,
  recognises: (document) => 'id_token_signing_alg_values_supported' in document,
};
