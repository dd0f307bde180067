import { aJwt, encode, signTexts } from '../../fixtures/a-jwt.ts';
import { type Forgery, forgery, issuerKey } from './forgery.ts';

const token = (): string => aJwt(issuerKey);
const parts = (): string[] => token().split('.');
const jwe = (header: object): string => `${encode(JSON.stringify(header))}.AAAA.AAAA.AAAA.AAAA`;
const megabyte = 'A'.repeat(1024 * 1024);

const wrongParts: Record<string, () => string> = {
  'nothing at all': () => '',
  'a dot': () => '.',
  'two dots': () => '..',
  'three dots': () => '...',
  'a header alone': () => parts()[0] ?? '',
  'a header and a dot': () => `${parts()[0]}.`,
  'two parts': () => parts().slice(0, 2).join('.'),
  'no header': () => `.${parts().slice(1).join('.')}`,
  'four parts': () => `${token()}.AAAA`,
  'a dot at the end': () => `${token()}.`,
  'a dot in front': () => `.${token()}`,
  'five parts that are no JWE': () => `${token()}.AAAA.AAAA`,
  'six parts': () => `${token()}.A.A.A`,
  'the token twice': () => token() + token(),
  'two tokens joined by a dot': () => `${token()}.${token()}`,
  'a JWE of six parts': () => `${jwe({ alg: 'dir', enc: 'A256GCM' })}.AAAA`,
  'the JSON serialisation, flattened': () => {
    const [header, payload, signature] = parts();
    return JSON.stringify({ protected: header, payload, signature });
  },
  'the JSON serialisation, general': () => {
    const [header, payload, signature] = parts();
    return JSON.stringify({ payload, signatures: [{ protected: header, signature }] });
  },
  'four parts in JSON, one of them a name with dots': () => `{"a.b.c.d":"${parts()[0]}"}`,
};

const encrypted: Record<string, object> = {
  'a JWE by RSA-OAEP': { alg: 'RSA-OAEP-256', enc: 'A256GCM' },
  'a JWE by RSA1_5': { alg: 'RSA1_5', enc: 'A128CBC-HS256' },
  'a JWE by ECDH-ES': { alg: 'ECDH-ES', enc: 'A256GCM', epk: {} },
  'a JWE under a shared key': { alg: 'dir', enc: 'A256GCM' },
  'a JWE by a password, hashed two thousand million times': {
    alg: 'PBES2-HS512+A256KW',
    enc: 'A256GCM',
    p2c: 2 ** 31 - 1,
    p2s: 'AAAA',
  },
  'a JWE that would inflate': { alg: 'dir', enc: 'A256GCM', zip: 'DEF' },
  'a JWE around a JWT': { alg: 'dir', enc: 'A256GCM', cty: 'JWT' },
  'a JWE whose algorithm is an array': { alg: [], enc: [] },
};

const tooLong: Record<string, () => string> = {
  'a header of a megabyte': () => `${megabyte}.${parts()[1]}.${parts()[2]}`,
  'a payload of a megabyte': () => `${parts()[0]}.${megabyte}.${parts()[2]}`,
  'a signature of a megabyte': () => `${parts()[0]}.${parts()[1]}.${megabyte}`,
  'a megabyte of dots': () => '.'.repeat(1024 * 1024),
  'a valid token that is just too long': () => {
    let filling = 'x'.repeat(11_900);
    while (aJwt(issuerKey, { filling }).length <= 16 * 1024) filling += 'x';
    return aJwt(issuerKey, { filling });
  },
  'a kid of a megabyte, signed': () => signTexts(`{"alg":"ES256","kid":"${megabyte}"}`, '{}', issuerKey),
};

export const structureForgeries: readonly Forgery[] = [
  ...Object.entries(wrongParts).map(([name, make]) => forgery('token_parts_wrong', name, make)),
  ...Object.entries(encrypted).map(([name, header]) => forgery('token_encrypted', name, () => jwe(header))),
  ...Object.entries(tooLong).map(([name, make]) => forgery('token_too_long', name, make)),
];
