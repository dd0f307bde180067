import { textOf } from '../json-shape.ts';
import type { Preset } from '../preset.ts';
import { standardPlaces } from '../standard-places.ts';

/**
 * AWS Cognito user pools. Access tokens have no `aud` unless the client asked with `resource`, so the clients that may
 * call must be listed; ID tokens are told apart by `token_use` (AWS, "Verifying JSON web tokens"). A pool's issuer is at
 * `cognito-idp` or, where it was updated to be one in several regions, at `issuer-cognito-idp` ("IssuerConfigurationType").
 */
export const cognito: Preset = {
  name: 'cognito',
  title: 'AWS Cognito user pool',
  discovery: ['openid'],
  algorithms: ['RS256'],
  types: [undefined, 'jwt', 'at+jwt'],
  equals: { token_use: ['access'] },
  places: { ...standardPlaces, roles: [], groups: [['cognito:groups']], session: [['origin_jti']] },
  demands: ['subject', 'client'],
  audienceFromClient: true,
  form: {
    pattern: /\/[\w-]+_\w+$/,
    remedy:
      'The issuer is the user pool, https://cognito-idp.REGION.amazonaws.com/REGION_POOL, and not the sign-in domain.',
  },
  recognises: (document) =>
    /^https:\/\/(issuer-)?cognito-idp\.[\w-]+\.amazonaws\.com(\.cn)?\//.test(textOf(document, 'issuer')),
};
