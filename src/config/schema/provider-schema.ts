import { z } from 'zod';
import { addressField } from '../fields/address-field.ts';
import { day, durationField, minute, second } from '../fields/duration-field.ts';
import { listOf } from '../fields/list.ts';
import { networkField } from '../fields/network-field.ts';
import { originField } from '../fields/url-field.ts';
import { exchangeSchema } from './exchange-schema.ts';

const lifetimes = z.strictObject({
  authorizationCode: durationField({ min: 5 * second, max: 10 * minute })
    .prefault('1m')
    .describe('Of an authorization code (RFC 6749 section 4.1.2 advises at most 10 minutes).'),
  idToken: durationField({ min: minute, max: day }).prefault('1h').describe('Of an ID token.'),
  refreshToken: durationField({ min: minute, max: 365 * day })
    .prefault('14d')
    .describe('Of a refresh token that is not used.'),
  grant: durationField({ min: minute, max: 3650 * day })
    .prefault('90d')
    .describe('Of what a user granted a client, however often it is refreshed.'),
  session: durationField({ min: minute, max: 365 * day })
    .prefault('14d')
    .describe('Of a sign-in; each use renews it.'),
  interaction: durationField({ min: minute, max: day })
    .prefault('30m')
    .describe('How long someone may ponder on the sign-in page.'),
  statusList: durationField({ min: 2 * second, max: day })
    .prefault('30s')
    .describe('After which everybody has heard of a revocation by a status list, caches on the way included.'),
});

function guesses(attempts: number, window: string) {
  const shape = {
    attempts: z.int().min(1).max(100_000).default(attempts).describe('Wrong ones that are put up with.'),
    window: durationField({ min: second, max: day }).prefault(window).describe('In which they are forgotten again.'),
  };
  return z.strictObject(shape).prefault({});
}

const limits = z.strictObject({
  account: guesses(10, '10m').describe('Passwords for one account.'),
  client: guesses(20, '5m').describe('Secrets for one client.'),
  address: guesses(60, '5m').describe('Secrets, passwords, codes and refresh tokens from one address.'),
});

export const providerSchema = z.strictObject({
  listen: addressField()
    .prefault('127.0.0.1:8081')
    .describe('Where clients and people reach the provider. Read at start only.'),
  issuer: originField('origin', 'https://id.example.com', { trusted: true }).describe(
    'Its issuer identifier (RFC 8414 section 2): the origin under which everyone reaches it. https, but for loopback.',
  ),
  trustedProxies: listOf(networkField())
    .optional()
    .describe('Proxies whose `X-Forwarded-For` is believed when guesses are counted.'),
  signingAlgorithm: z
    .enum(['ES256', 'EdDSA', 'RS256'])
    .default('ES256')
    .describe('Of signing keys made from now on; see `gatehouse keys rotate`.'),
  lifetimes: lifetimes.prefault({}).describe('How long things live, apart from access tokens (`apis.*.tokens.ttl`).'),
  limits: limits.prefault({}).describe('How many wrong guesses are put up with.'),
  exchange: z
    .array(exchangeSchema)
    .default([])
    .describe('Which foreign tokens may be exchanged for ours; any entry that is met allows. Default: none.'),
});
