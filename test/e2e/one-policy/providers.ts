import { systemClock } from '../../../src/base/clock.ts';
import { aSigningKey, encode, signParts } from '../../fixtures/a-jwt.ts';
import { aNeighbour, type Neighbour } from '../a-neighbour.ts';
import { providerCases } from './provider-cases.ts';

/** Everybody's keys and introspection endpoints behind one address: `/NAME/jwks` and `/NAME/introspect`. */
export function theProviders(): Promise<Neighbour> {
  return aNeighbour(async (request, response) => {
    const [, name = '', place] = (request.url ?? '').split('/');
    response.setHeader('content-type', 'application/json');
    if (place === 'jwks') return void response.end(JSON.stringify({ keys: [publicKey(name)] }));
    let body = '';
    for await (const chunk of request) body += chunk;
    const form = new URLSearchParams(body);
    answer(name, form.get('token') ?? form.get('access_token'), response);
  });
}

function answer(
  name: string,
  token: string | null,
  response: { statusCode: number; end(text: string): unknown },
): void {
  const isGood = token === opaqueOf(name);
  const isGoogle = name === 'google';
  if (!isGood && isGoogle) response.statusCode = 400;
  const bad = isGoogle ? { error: 'invalid_token' } : { active: false };
  response.end(JSON.stringify(isGood ? providerCases[name]?.opaque?.answer(inAnHour()) : bad));
}

/** @param about the facts, or others in their place */
export function jwtOf(name: string, about = (claims: string) => claims): string | undefined {
  const shape = providerCases[name]?.jwt;
  if (shape === undefined) return undefined;
  const key = aSigningKey(shape.alg, `${name}-key`);
  const header = { alg: shape.alg, ...shape.header(key.kid) };
  const exp = inAnHour();
  const payload = about(JSON.stringify({ ...shape.claims, iat: exp - 3600, exp }));
  return signParts(encode(JSON.stringify(header)), encode(payload), key);
}

export function opaqueOf(name: string): string | undefined {
  const shape = providerCases[name]?.opaque;
  return shape && `${shape.prefix}Qx5v0LkZr9dTn2HsY7pWm1cE4uGjAf8oKi`;
}

/** AD FS names its keys by thumbprint, and its tokens name nothing else. */
function publicKey(name: string): object {
  const { jwk } = aSigningKey(providerCases[name]?.jwt?.alg ?? 'ES256', `${name}-key`);
  return name === 'adfs' ? { ...jwk, x5t: jwk.kid } : jwk;
}

function inAnHour(): number {
  return Math.floor(systemClock() / 1000) + 3600;
}
