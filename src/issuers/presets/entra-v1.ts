import { textOf } from '../json-shape.ts';
import type { Preset } from '../preset.ts';
import { entraPlaces } from './entra-places.ts';

/** Microsoft Entra ID, tokens of version 1.0: what an API gets unless its registration asks for version 2. */
export const entraV1: Preset = {
  name: 'entra-v1',
  title: 'Microsoft Entra ID, version 1.0 tokens',
  discovery: ['openid'],
  algorithms: ['RS256'],
  types: ['jwt'],
  equals: { ver: ['1.0'] },
  places: { ...entraPlaces, client: [['appid']] },
  demands: ['subject', 'client'],
  audienceFromClient: false,
  tenanted: true,
  form: {
    pattern: /\/[0-9a-f-]{36}\/$/i,
    remedy: 'The issuer of version 1.0 tokens is https://sts.windows.net/TENANT/, with the slash at the end.',
  },
  discoveryBase: (issuer) => issuer.replace('https://sts.windows.net/', 'https://login.microsoftonline.com/'),
  recognises: (document) =>
    'tenant_region_scope' in document && textOf(document, 'issuer').startsWith('https://sts.windows.net/'),
};
