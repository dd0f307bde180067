import { aJwt } from '../../fixtures/a-jwt.ts';
import { attackerKey, type Forgery, forgery, issuerKey } from './forgery.ts';

const strangeIds = [
  ...['', ' ', 'unknown', 'key-ES256 ', ' key-ES256', 'KEY-ES256', 'key-ES256\0', 'key-ES256\n', 'key-ES25', '*', '0'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'keys', 'undefined', 'null', 'NaN'],
  ...['../../../../dev/null', '/dev/null', '..\\..\\windows\\win.ini', 'file:///etc/passwd', 'C:\\key.pem'],
  ...["' OR 1=1 --", "x' UNION SELECT 'secret", '"; DROP TABLE keys; --', '| cat /etc/passwd', '$(id)', '`id`'],
  ...['http://169.254.169.254/latest/meta-data/', 'https://evil.example/jwks.json', '{"kty":"oct"}', '%00', '{{kid}}'],
  ...['\u212aey-ES256', 'ke\u0301y', '\u202e652SE-yek', 'x'.repeat(10_000)],
];

const named = strangeIds.map((kid) =>
  forgery('key_unknown', `a good signature under the kid ${JSON.stringify(kid.slice(0, 40))}`, () => {
    return aJwt(issuerKey, {}, { kid });
  }),
);

/** The attacker's own key, brought along in the ways that RFC 7515 sections 4.1.2 to 4.1.6 provide. */
function broughtAlong(): Record<string, unknown> {
  const { jwk, publicKey } = attackerKey('ES256');
  return {
    jwk,
    'jwk and no other': { ...jwk, kid: issuerKey.kid },
    jku: 'https://evil.example/jwks.json',
    x5u: 'https://evil.example/chain.pem',
    x5c: [publicKey.export({ type: 'spki', format: 'der' }).toString('base64')],
  };
}

const embedded = Object.keys(broughtAlong()).flatMap((name) => {
  const header = (): Record<string, unknown> => ({ [name.split(' ')[0] ?? '']: broughtAlong()[name] });
  const key = (): ReturnType<typeof attackerKey> => attackerKey('ES256');
  return [
    forgery('signature_invalid', `${name} of the attacker under the issuer's kid`, () =>
      aJwt(key(), {}, { ...header(), kid: issuerKey.kid }),
    ),
    forgery('signature_invalid', `${name} of the attacker without a kid`, () =>
      aJwt(key(), {}, { ...header(), kid: undefined }),
    ),
    forgery('key_unknown', `${name} of the attacker under a kid of his own`, () => aJwt(key(), {}, header())),
  ];
});

export const keyForgeries: readonly Forgery[] = [
  ...named,
  ...embedded,
  forgery('key_unknown', 'an unknown thumbprint', () => aJwt(issuerKey, {}, { kid: undefined, x5t: 'AAAA' })),
  forgery('key_unknown', 'an unknown SHA-256 thumbprint', () =>
    aJwt(issuerKey, {}, { kid: undefined, 'x5t#S256': 'AAAA' }),
  ),
];
