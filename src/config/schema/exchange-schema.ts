import { z } from 'zod';
import { exchangeGrants } from '../../provider/index.ts';
import { listOf } from '../fields/list.ts';
import { scopeField } from '../fields/oauth-fields.ts';
import { plainText } from '../fields/text-field.ts';

/** Which tokens may be exchanged for ours. */
export const exchangeSchema = z.strictObject({
  grants: listOf(z.enum(exchangeGrants))
    .prefault(['token-exchange'])
    .describe('Token exchange (RFC 8693), or the JWT bearer grant (RFC 7523 section 2.1).'),
  from: listOf(plainText('name', 'acme', 'provider')).describe('Issuers whose tokens are taken; `provider` is ours.'),
  to: listOf(plainText('name', 'orders')).describe('APIs that a token may be had for.'),
  clients: listOf(plainText('client id', 'orders-web')).describe('Clients of the provider that may exchange.'),
  audience: listOf(plainText('audience', 'https://gatehouse.example.com'))
    .optional()
    .describe(
      'Whom the token must be meant for, one being enough. Default: the provider, by issuer identifier or token endpoint; with `jwt-bearer` always that.',
    ),
  scopes: listOf(scopeField())
    .optional()
    .describe(
      'Scopes that may be granted, of those that the client may have. Default: those that the token has itself.',
    ),
  when: z
    .string()
    .meta({ title: 'CEL expression', examples: ['principal.claims.email_verified == true'] })
    .optional()
    .describe('A CEL expression over the `principal` of the token that must be true.'),
});
