import { textOf } from '../json-shape.ts';
import type { Preset } from '../preset.ts';
import { entraPlaces } from './entra-places.ts';

/** Microsoft Entra ID, tokens of version 2.0: what an API gets whose registration says `accessTokenAcceptedVersion` 2. */
export const entraV2: Preset = {
  name: 'entra-v2',
  title: 'Microsoft Entra ID, version 2.0 tokens',
  discovery: ['openid'],
  algorithms: ['RS256'],
  types: ['jwt'],
  equals: { ver: ['2.0'] },
  places: { ...entraPlaces, client: [['azp']] },
  // ID tokens for the same registration have the same audience; `azp` tells them apart.
  demands: ['subject', 'client'],
  audienceFromClient: false,
  tenanted: true,
  form: {
    pattern: /\/[0-9a-f-]{36}\/v2\.0$/i,
    remedy: 'The issuer of version 2.0 tokens is https://login.microsoftonline.com/TENANT/v2.0.',
  },
  recognises: (document) => 'tenant_region_scope' in document && textOf(document, 'issuer').endsWith('/v2.0'),
};
