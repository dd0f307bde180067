import { aJwt } from '../../fixtures/a-jwt.ts';
import { type Forgery, forgery, issuerKey } from './forgery.ts';

const critical: readonly unknown[] = [
  ['exp'],
  ['b64'],
  ['http://example.com/UNDEFINED'],
  ['alg'],
  ['kid', 'kid'],
  ['__proto__'],
  [],
  [1],
  [null],
  [['exp']],
  'exp',
  '',
  {},
  0,
  null,
  false,
  true,
];

const mistyped: readonly unknown[] = [null, 0, 1, true, [], ['ES256'], {}, { toString: 'ES256' }];

const parameters = ['alg', 'kid', 'typ', 'cty', 'x5t', 'x5t#S256'];

const withHeader = (header: Record<string, unknown>): (() => string) => {
  return () => aJwt(issuerKey, {}, header);
};

export const headerForgeries: readonly Forgery[] = [
  ...critical.map((crit) =>
    forgery(
      'critical_header_unknown',
      `\`crit\` is ${JSON.stringify(crit)}`,
      withHeader({ crit, exp: 1, 'http://example.com/UNDEFINED': true }),
    ),
  ),
  forgery('critical_header_unknown', 'an unencoded payload', withHeader({ crit: ['b64'], b64: false })),
  ...parameters.flatMap((parameter) =>
    mistyped.map((value) =>
      forgery('header_invalid', `\`${parameter}\` is ${JSON.stringify(value)}`, withHeader({ [parameter]: value })),
    ),
  ),
  forgery('header_invalid', 'no `alg`', withHeader({ alg: undefined })),
  forgery('header_invalid', 'an unencoded payload that is not called critical', withHeader({ b64: false })),
  forgery('header_invalid', '`b64` is a string', withHeader({ b64: 'true' })),
  forgery('header_invalid', 'a JWS that calls itself a JWE', withHeader({ enc: 'A256GCM' })),
];
