import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggest } from './suggest.ts';

const options = ['redirectUris', 'jwksUri', 'issuer', 'listen', 'trustedProxies'];

test('a slip of the pen finds what was meant', () => {
  const table: [string, string][] = [
    ['redirect_uris', 'redirectUris'],
    ['redirect-uri', 'redirectUris'],
    ['jwks_uri', 'jwksUri'],
    ['isuer', 'issuer'],
    ['ISSUER', 'issuer'],
    ['lisen', 'listen'],
    ['trusted_proxy', 'trustedProxies'],
  ];
  for (const [written, meant] of table) assert.equal(suggest(written, options), meant);
});

test('what resembles nothing finds nothing', () => {
  for (const written of ['password', 'x', '', 'a'.repeat(1000)]) assert.equal(suggest(written, options), undefined);
});
