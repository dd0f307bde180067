import { generateOpaqueToken } from '../../../src/opaque/index.ts';
import { aJwe, anEncryptionKey, aSham } from '../../fixtures/a-jwe.ts';
import { aJwt, aSigningKey, encode, ordinaryClaims, signTexts } from '../../fixtures/a-jwt.ts';
import type { Provocation, Provocations } from './provocation.ts';
import { acmeKey, acmeToken, type Stage, sealingKey } from './stage.ts';
import { issuers } from './stage-config.ts';

type Parts = Readonly<Record<string, unknown>>;

const withToken = (make: () => string): Provocation => {
  return (stage) => stage.call({ token: make() });
};
const withClaims = (claims: () => Parts): Provocation => withToken(() => acmeToken(claims()));
const withStatus = (reference: (stage: Stage) => Parts): Provocation => {
  return (stage) => stage.call({ token: acmeToken({ status: { status_list: reference(stage) } }) });
};
const withHeader = (header: Parts): Provocation => withToken(() => acmeToken({}, header));
const sealed = (make: () => string | Promise<string>): Provocation => {
  return async (stage) => stage.call({ target: '/sealed', token: await make() });
};
const header = JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: acmeKey.kid });
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

/** Refused for the token itself, whichever API it is sent to. */
export const ofTheToken = {
  token_too_long: { 'a good one, too long': withClaims(() => ({ filling: 'x'.repeat(13_000) })) },
  token_parts_wrong: { 'one without its signature': withToken(() => acmeToken().split('.').slice(0, 2).join('.')) },
  token_unrecognised: {
    'one of nobody': withToken(() => 'sometoken'),
    'one of nobody, with dots': withToken(() => 'one.of.nobody'),
  },
  token_encrypted: {
    'a JWE': withToken(() => `${encode('{"alg":"dir","enc":"A256GCM"}')}.AAAA.AAAA.AAAA.AAAA`),
  },
  encryption_not_allowed: {
    'a secret for a key': sealed(() => aSham({ alg: 'dir', enc: 'A256GCM' }, 0)),
    compression: sealed(() => aJwe(sealingKey, acmeToken()).then(compressed)),
  },
  decryption_failed: { 'the key of somebody else': sealed(() => aJwe(anEncryptionKey(), acmeToken())) },
  encrypted_content_unsigned: { 'claims without signature': sealed(() => aJwe(sealingKey, '{"sub":"mira"}')) },
  token_mistyped: { 'another last character': withToken(() => swapLast(generateOpaqueToken())) },
  encoding_invalid: { padding: withToken(() => `${acmeToken()}==`) },
  json_invalid: { 'a claim twice': withToken(() => signTexts(header, '{"sub":"mira","sub":"root"}', acmeKey)) },
  header_invalid: { 'a kid that is a number': withHeader({ kid: 1 }) },
  critical_header_unknown: { crit: withHeader({ crit: ['exp'], exp: 1 }) },
  issuer_not_accepted: {
    'another issuer': withClaims(() => ({ iss: 'https://evil.example' })),
    'no issuer': withClaims(() => ({ iss: undefined })),
  },
  issuer_not_verifiable: { 'an ID token of Google': withClaims(() => ({ iss: issuers.google })) },
  algorithm_not_allowed: { HS256: withHeader({ alg: 'HS256' }), none: withHeader({ alg: 'none' }) },
  key_unknown: { 'a kid of nobody': withHeader({ kid: 'nobody' }) },
  key_unfit: { 'RSA by a key on a curve': withHeader({ alg: 'RS256' }) },
  keys_unavailable: { 'an issuer that is down': withClaims(() => ({ iss: issuers.silent })) },
  signature_invalid: {
    'a key of the same name': withToken(() => {
      const claims = { iss: issuers.acme, exp: inSeconds(60) };
      return aJwt(aSigningKey('ES256', 'evil'), claims, { kid: acmeKey.kid });
    }),
  },
  claim_missing: { 'no expiry': withClaims(() => ({ exp: undefined })) },
  claim_invalid: { 'a scope that is a number': withClaims(() => ({ scope: 7 })) },
  token_type_not_accepted: { 'a logout token': withHeader({ typ: 'logout+jwt' }) },
  not_an_access_token: {
    'an ID token': withClaims(() => ({ nonce: 'n-0S6_WzA2Mj' })),
    'a client secret of ours': withToken(() => generateOpaqueToken('ghs_')),
  },
  client_not_accepted: { 'another client': withClaims(() => ({ client_id: 'other' })) },
  lifetime_too_long: { 'a day': withClaims(() => ({ exp: inSeconds(86_400) })) },
  token_expired: { 'an hour ago': withClaims(() => ({ iat: inSeconds(-7_000), exp: inSeconds(-3_600) })) },
  token_not_yet_valid: { 'from tomorrow on': withClaims(() => ({ nbf: inSeconds(86_400) })) },
  token_issued_in_future: {
    tomorrow: withClaims(() => ({ iat: inSeconds(86_400), exp: inSeconds(86_460) })),
  },
  token_inactive: { 'a well-formed one that was never issued': withToken(() => generateOpaqueToken()) },
  token_revoked: {
    'an opaque one': async (stage) => {
      const token = await stage.issue();
      const before = await stage.call({ token });
      if (before.status !== 200) throw new Error(`refused before it was revoked: ${before.body}`);
      await stage.revoke(token);
      return stage.call({ token });
    },
  },
  token_status_invalid: { 'revoked by its issuer': withStatus(({ listUri: uri }) => ({ uri, idx: 1 })) },
  token_status_suspended: { 'suspended by its issuer': withStatus(({ listUri: uri }) => ({ uri, idx: 2 })) },
  token_status_unknown: {
    "a status of its issuer's own": withStatus(({ listUri: uri }) => ({ uri, idx: 3 })),
    'no entry in the list': withStatus(({ listUri: uri }) => ({ uri, idx: 10_000 })),
  },
  token_status_unreadable: {
    'a text': withClaims(() => ({ status: 'active' })),
    'another mechanism': withClaims(() => ({ status: { identifier_list: { id: 'QQ' } } })),
  },
  status_list_not_allowed: { 'a list of nobody': withStatus(() => ({ uri: 'https://evil.example/1', idx: 0 })) },
  status_unavailable: { 'a list that is not there': withStatus(({ listUri }) => ({ uri: `${listUri}0`, idx: 0 })) },
  binding_unsupported: {
    'a key that must be proved': withClaims(() => ({ cnf: { jkt: ordinaryClaims.jti } })),
    'a good token as DPoP': (stage) => stage.call({ lines: [`Authorization: DPoP ${acmeToken()}`] }),
  },
} as const satisfies Provocations;

/** Says that it is. */
function compressed(jwe: string): string {
  const [first = '', ...rest] = jwe.split('.');
  const said = { ...JSON.parse(Buffer.from(first, 'base64url').toString()), zip: 'DEF' };
  return [encode(JSON.stringify(said)), ...rest].join('.');
}

function swapLast(token: string): string {
  return token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
}
