import { textOf } from '../json-shape.ts';
import type { Preset } from '../preset.ts';
import { standardPlaces } from '../standard-places.ts';

/** PingOne. `typ` is `at+jwt` or absent, always `at+jwt` from 2 March 2027; `sub` is absent for client_credentials. */
export const pingone: Preset = {
  name: 'pingone',
  title: 'PingOne',
  discovery: ['openid'],
  algorithms: ['RS256'],
  types: [undefined, 'jwt', 'at+jwt'],
  equals: {},
  places: { ...standardPlaces, roles: [['p1.permissions']] },
  demands: ['client'],
  audienceFromClient: false,
  introspectionEndpoint: (issuer) => `${issuer}/introspect`,
  recognises: (document) => /^https:\/\/auth\.pingone\.[^/]+\/[^/]+\/as$/.test(textOf(document, 'issuer')),
};
