import { CompactEncrypt, importJWK, type JWK } from 'jose';

/**
 * A signed token within an encrypted one (RFC 7519 section 5.2), for whoever has the private half of the key.
 *
 * @throws where it is no public key of RSA, EC or X25519
 */
export async function encryptToken(token: string, jwk: JWK): Promise<string> {
  const alg = jwk.kty === 'RSA' ? 'RSA-OAEP-256' : 'ECDH-ES';
  const { kid } = jwk;
  const header = { alg, enc: 'A256GCM', cty: 'JWT', ...(kid === undefined ? {} : { kid }) };
  return new CompactEncrypt(new TextEncoder().encode(token))
    .setProtectedHeader(header)
    .encrypt(await importJWK(jwk, alg));
}
