import { aJwt, now, ordinaryClaims } from '../../fixtures/a-jwt.ts';
import { type Forgery, forgery, issuerKey } from './forgery.ts';

type Code = Forgery['code'];

function claiming(code: Code, claims: Record<string, unknown>, name = JSON.stringify(claims)): Forgery {
  return forgery(code, `claims ${name.slice(0, 60)}`, () => aJwt(issuerKey, claims));
}

const types = [
  ...['id+jwt', 'logout+jwt', 'secevent+jwt', 'dpop+jwt', 'global-token-revocation+jwt', 'token-introspection+jwt'],
  ...[
    'oauth-authz-req+jwt',
    'application/logout+jwt',
    'JOSE',
    'JOSE+JSON',
    'JWS',
    'jwt+at',
    'at+jwt+x',
    'at-jwt',
    'at jwt',
  ],
  ...['', ' ', 'at+jwt ', ' at+jwt', 'at+jwt\0', 'text/at+jwt', 'application/', 'application/application/at+jwt'],
  ...['__proto__', 'undefined', 'null', 'constructor'],
].map((typ) =>
  forgery('token_type_not_accepted', `the type ${JSON.stringify(typ)}`, () => aJwt(issuerKey, {}, { typ })),
);

const purposes = [
  { nonce: 'n-0S6_WzA2Mj' },
  { nonce: null },
  { nonce: '' },
  { at_hash: '77QmUPtjPfzWtF2AnpK9RQ' },
  { c_hash: 'LDktKdoQak3Pk0cnXxCltA' },
  { at_hash: 1 },
  { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } },
  { events: {} },
  { events: null },
  { token_introspection: { active: true } },
].map((claims) => claiming('not_an_access_token', claims));

const notStrings: readonly unknown[] = [null, 0, 1, true, false, [], ['mira'], {}, { toString: 'mira' }];

const mistypedNames = ['iss', 'sub', 'jti', 'client_id', 'azp', 'sid', 'cid', 'appid'].flatMap((claim) =>
  notStrings.map((value) => claiming('claim_invalid', { [claim]: value })),
);

const mistypedLists = ['aud', 'scope', 'scp'].flatMap((claim) =>
  [null, 0, true, {}, [1], [null], ['a', 1], [['a']], [{}], { 0: 'a', length: 1 }].map((value) =>
    claiming('claim_invalid', { [claim]: value }),
  ),
);

const mistypedDates = ['exp', 'nbf', 'iat'].flatMap((claim) =>
  [
    ...[null, true, '', '1790003600', '2026-09-21T15:13:20Z', 'NaN', 'Infinity', [], [1_790_003_600], {}],
    ...[-1, -1e300, 1e300, 2 ** 53 + 2, 1_790_003_600_000_000],
  ].map((value) => claiming('claim_invalid', { [claim]: value })),
);

const mistypedConfirmations = [null, '', 'jkt', 0, true, [], [{ jkt: 'x' }]].map((cnf) =>
  claiming('claim_invalid', { cnf }),
);

const issuers = [
  ...['https://issuer.example/', 'https://ISSUER.example', 'HTTPS://issuer.example', 'http://issuer.example'],
  ...['issuer.example', 'https://issuer.example:443', 'https://issuer.example.evil.example', 'https://evil.example'],
  ...['https://issuer.example#', 'https://issuer.example?', ' https://issuer.example', 'https://issuer.example\0'],
  ...['https://\u0456ssuer.example', 'https://issuer.example/realms/other', '__proto__', 'constructor', 'null'],
].map((iss) => claiming('claim_invalid', { iss }));

const missing = [
  ...['iss', 'exp', 'sub', 'aud'].map((claim) => claiming('claim_missing', { [claim]: undefined }, `without ${claim}`)),
  claiming('claim_missing', { iat: undefined }, 'without iat, where the lifetime is bounded'),
  claiming('claim_missing', { iss: '' }),
  claiming('claim_missing', { sub: '' }),
  claiming('claim_missing', { aud: '' }),
  claiming('claim_missing', { aud: [] }),
];

const seconds = now / 1000;

const untimely = [
  claiming('token_expired', { exp: 0, iat: 0 }),
  claiming('token_expired', { exp: seconds - 3600 }, 'that expired an hour ago'),
  claiming('token_expired', { exp: seconds - 5 }, 'that expired just as the leeway ends'),
  claiming('token_expired', { exp: seconds - 5.001 }, 'that expired a moment before'),
  claiming('token_expired', { exp: ordinaryClaims.iat - 1 }, 'that expired before they were issued'),
  claiming('token_not_yet_valid', { nbf: seconds + 6 }, 'that begin in six seconds'),
  claiming('token_not_yet_valid', { nbf: 8_640_000_000_000 }, 'that begin at the end of time'),
  claiming('token_issued_in_future', { iat: seconds + 6, exp: seconds + 60 }, 'issued in six seconds'),
  claiming('token_issued_in_future', { iat: 8e12, exp: 8e12 + 1 }, 'issued at the end of time'),
  claiming('lifetime_too_long', { exp: ordinaryClaims.iat + 86_401 }, 'that live a day and a second'),
  claiming('lifetime_too_long', { exp: 8_640_000_000_000 }, 'that live for ever'),
  claiming('lifetime_too_long', { iat: 0 }, 'that live since 1970'),
];

export const claimForgeries: readonly Forgery[] = [
  ...types,
  ...purposes,
  ...mistypedNames,
  ...mistypedLists,
  ...mistypedDates,
  ...mistypedConfirmations,
  ...issuers,
  ...missing,
  ...untimely,
];
