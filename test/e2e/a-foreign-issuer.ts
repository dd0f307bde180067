import type { SigningKey } from '../fixtures/a-jwt.ts';
import { aNeighbour, type Neighbour } from './a-neighbour.ts';

export interface ForeignIssuer extends Neighbour {
  /** The URL of its discovery document. */
  readonly discovery: string;
  /** Requests that have reached it. */
  readonly reached: () => number;
}

/** Publishes keys whose private halves the test holds, under any issuer identifier. */
export async function aForeignIssuer(identifier: string, keys: readonly SigningKey[]): Promise<ForeignIssuer> {
  let reached = 0;
  const neighbour = await aNeighbour((request, response) => {
    reached++;
    const document =
      request.url === '/jwks'
        ? { keys: keys.map(({ jwk }) => jwk) }
        : { issuer: identifier, jwks_uri: `${neighbour.url}/jwks` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
  });
  return { ...neighbour, discovery: `${neighbour.url}/.well-known/openid-configuration`, reached: () => reached };
}
