import { aJwt, aSigningKey, encode, ordinaryClaims, signatureBy } from '../../fixtures/a-jwt.ts';
import { type Forgery, forgery, issuerKey, issuerKeys } from './forgery.ts';

function unsigned(header: Record<string, unknown>, signature = ''): string {
  return `${encode(JSON.stringify(header))}.${encode(JSON.stringify(ordinaryClaims))}.${signature}`;
}

/** All sixteen ways of writing it in large and small letters, and some more. */
const casings = Array.from({ length: 16 }, (_, bits) =>
  [...'none'].map((letter, at) => (bits & (1 << at) ? letter.toUpperCase() : letter)).join(''),
);

const unsecured = [...casings, ' none', 'none ', 'none\0', '\u006e\u043ene', 'null', 'undefined', ''];

const unsecuredForgeries = unsecured.flatMap((alg) => [
  forgery('algorithm_not_allowed', `no signature, by ${JSON.stringify(alg)}`, () => unsigned({ alg })),
  forgery('algorithm_not_allowed', `the signature of a good token, by ${JSON.stringify(alg)}`, () =>
    unsigned({ alg, kid: issuerKey.kid }, aJwt(issuerKey).split('.')[2]),
  ),
]);

/** What of the issuer's public key, published as it is, a library has taken for the secret of an HMAC. */
function publishedSecrets(): Record<string, string | Buffer> {
  const { publicKey, jwk } = aSigningKey('RS256');
  const spki = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const pkcs1 = publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  return {
    'the PEM of the key': spki,
    'the PEM without its last line feed': spki.trimEnd(),
    'the PEM with a line feed in front': `\n${spki}`,
    'the PEM with the line ends of DOS': spki.replaceAll('\n', '\r\n'),
    'the PEM in one line': spki.replaceAll('\n', ''),
    'the base64 within the PEM': spki.replaceAll(/-----.*-----|\n/g, ''),
    'the PEM of PKCS #1': pkcs1,
    'the PEM of PKCS #1 without its last line feed': pkcs1.trimEnd(),
    'the DER of the key': publicKey.export({ type: 'spki', format: 'der' }),
    'the DER of PKCS #1': publicKey.export({ type: 'pkcs1', format: 'der' }),
    'the JWK as JSON': JSON.stringify(jwk),
    'the JWK Set as JSON': JSON.stringify({ keys: [jwk] }),
    'the modulus': Buffer.from(String(jwk.n), 'base64url'),
    'the modulus as it is written': String(jwk.n),
    'the name of the key': jwk.kid,
    'an empty secret': '',
    'a zero byte': Buffer.alloc(1),
    'the word undefined': 'undefined',
    'the word of an object': '[object Object]',
  };
}

const confused = Object.keys(publishedSecrets()).flatMap((name) =>
  ['HS256', 'HS384', 'HS512'].map((alg) =>
    forgery('algorithm_not_allowed', `${alg} under ${name}`, () => {
      const input = unsigned({ alg, kid: 'key-RS256' }).slice(0, -1);
      return `${input}.${encode(signatureBy(alg, publishedSecrets()[name] ?? '', input))}`;
    }),
  ),
);

const unknown = [
  ...['es256', 'Es256', 'ES256 ', ' ES256', 'ES-256', 'ES256K', 'ES224', 'RS1', 'RS128', 'PS1', 'Ed448', 'eddsa'],
  ...['ed25519', 'ML-DSA-44', 'RSA-OAEP', 'RSA1_5', 'dir', 'A128KW', 'PBES2-HS256+A128KW', 'ECDH-ES', 'SHA256'],
  ...['RSA-SHA256', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'ES256,none', 'ES256\0'],
];

const renamed = unknown.map((alg) =>
  forgery('algorithm_not_allowed', `a good signature, by ${JSON.stringify(alg)}`, () => aJwt(issuerKey, {}, { alg })),
);

/** Every algorithm of the table under every key of the issuer that is not made for it. */
const unfit = issuerKeys.flatMap((key) => {
  const family = key.alg.slice(0, 2) === 'RS' ? ['RS', 'PS'] : [key.alg];
  return ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
    .filter((alg) => !family.some((start) => alg.startsWith(start.slice(0, start.startsWith('Ed') ? 2 : 5))))
    .map((alg) =>
      forgery('key_unfit', `${alg} under the issuer's ${key.alg} key`, () => {
        return aJwt(aSigningKey(alg), {}, { kid: key.kid });
      }),
    );
});

export const algorithmForgeries: readonly Forgery[] = [...unsecuredForgeries, ...confused, ...renamed, ...unfit];
