import type { ClaimPlaces } from './claim-places.ts';

/** RFC 7519 section 4.1, RFC 8693 section 4, RFC 9068 section 2.2; `sid` of OpenID Connect Front-Channel Logout. */
export const standardPlaces = Object.freeze<ClaimPlaces>({
  subject: [['sub']],
  client: [['client_id']],
  audience: [['aud']],
  scopes: [['scope']],
  roles: [['roles']],
  groups: [['groups']],
  session: [['sid']],
  tokenId: [['jti']],
});
