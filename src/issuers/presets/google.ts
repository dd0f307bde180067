import { textOf } from '../json-shape.ts';
import type { Preset } from '../preset.ts';
import { standardPlaces } from '../standard-places.ts';

/**
 * Google. Its access tokens are opaque; what it signs are ID tokens, under an issuer with and without the scheme. An
 * access token is for Google's own APIs: `aud` names the application, so that it is the client that stands for the
 * audience, and `clients` must list yours.
 */
export const google: Preset = {
  name: 'google',
  title: 'Google',
  discovery: ['openid'],
  algorithms: ['RS256'],
  types: [undefined, 'jwt'],
  equals: {},
  places: { ...standardPlaces, client: [['azp'], ['aud']], audience: [] },
  demands: ['subject', 'client'],
  audienceFromClient: true,
  acceptedIssuers: (issuer) => [...new Set([issuer, issuer.replace('https://', '')])],
  refusal: () => "Google's access tokens are opaque; a JWT of Google is an ID token.",
  introspectionEndpoint: () => 'https://oauth2.googleapis.com/tokeninfo',
  introspectionProtocol: 'tokeninfo',
  recognises: (document) => textOf(document, 'issuer') === 'https://accounts.google.com',
};
