import type { Preset } from '../preset.ts';
import { standardPlaces } from '../standard-places.ts';

/**
 * AD FS 2016 and later. Access tokens do not carry the issuer of the discovery document but the Federation Service
 * identifier, `http://HOST/adfs/services/trust` unless an administrator changed it (`access_token_issuer`).
 * The key is often named by `x5t` alone. `sub` may be absent; the names in `upn` may change hands, so they are none.
 */
export const adfs: Preset = {
  name: 'adfs',
  title: 'Microsoft AD FS',
  discovery: ['openid'],
  algorithms: ['RS256'],
  types: ['jwt'],
  equals: {},
  places: {
    ...standardPlaces,
    client: [['appid']],
    scopes: [['scp']],
    roles: [['role'], ['roles']],
    groups: [['group'], ['groups']],
  },
  demands: ['client'],
  audienceFromClient: false,
  form: {
    pattern: /^https?:\/\/[^/]+(\/.*)?\/adfs$/,
    remedy: 'The issuer of AD FS is https://HOST/adfs, without a slash at the end.',
  },
  acceptedIssuers: (issuer) => [`http://${new URL(issuer).host}/adfs/services/trust`],
  recognises: (document) => 'access_token_issuer' in document,
};
