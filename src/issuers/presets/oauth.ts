import { algorithmNames } from '../../tokens/index.ts';
import type { Preset } from '../preset.ts';
import { standardPlaces } from '../standard-places.ts';

/** Any authorization server that publishes RFC 8414 metadata and issues JWT access tokens. */
export const oauth: Preset = {
  name: 'oauth',
  title: 'OAuth 2.0 authorization server',
  discovery: ['oauth', 'oauth-appended', 'openid', 'openid-inserted'],
  algorithms: algorithmNames,
  types: ['at+jwt', 'jwt', undefined],
  equals: {},
  places: { ...standardPlaces, client: [['client_id'], ['azp']], scopes: [['scope'], ['scp']] },
  demands: [],
  audienceFromClient: false,
  recognises: () => true,
};
