import { aNeighbour, type Neighbour } from '../e2e/a-neighbour.ts';
import { encode, type SigningKey } from '../fixtures/a-jwt.ts';

const opaquePrefix = 'legacy_';

/** A token of the issuer `legacy`, which tells that issuer what it stands for, and nobody else. */
export function legacyToken(facts: object): string {
  return opaquePrefix + encode(JSON.stringify(facts));
}

/** Whoever stands beside the fleet: the keys of the issuer `acme`, the introspection of `legacy`, and the upstream. */
export function theNeighbours(key: SigningKey): Promise<Neighbour> {
  return aNeighbour(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/keys') return response.end(JSON.stringify({ keys: [key.jwk] }));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    return response.end(request.url === '/introspect' ? introspect(Buffer.concat(chunks).toString()) : '{}');
  });
}

function introspect(form: string): string {
  const token = new URLSearchParams(form).get('token')?.slice(opaquePrefix.length) ?? '';
  return JSON.stringify({ active: true, ...JSON.parse(Buffer.from(token, 'base64url').toString()) });
}
