import type { ClaimPlaces } from '../claim-places.ts';
import { standardPlaces } from '../standard-places.ts';

/**
 * What both versions of Entra ID's tokens share. `sub` differs from API to API; who wants one subject for a person
 * everywhere sets `claims.subject` to `oid`. `uti` is the token's id ("Access token claims reference").
 */
export const entraPlaces: ClaimPlaces = {
  ...standardPlaces,
  scopes: [['scp']],
  tokenId: [['uti'], ['jti']],
};
