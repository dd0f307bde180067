import { textOf } from '../json-shape.ts';
import type { Preset } from '../preset.ts';
import { standardPlaces } from '../standard-places.ts';

/** Google. Its access tokens are opaque; what it signs are ID tokens, under an issuer with and without the scheme. */
export const google: Preset = {
  name: 'google',
  title: 'Google',
  discovery: ['openid'],
  algorithms: ['RS256'],
  types: [undefined, 'jwt'],
  equals: {},
  places: { ...standardPlaces, client: [['azp']] },
  demands: ['subject', 'client'],
  audienceFromClient: false,
  acceptedIssuers: (issuer) => [issuer, issuer.replace('https://', '')],
  refusal: () => "Google's access tokens are opaque; a JWT of Google is an ID token.",
  introspectionEndpoint: () => 'https://oauth2.googleapis.com/tokeninfo',
  introspectionProtocol: 'tokeninfo',
  recognises: (document) => textOf(document, 'issuer') === 'https://accounts.google.com',
};
