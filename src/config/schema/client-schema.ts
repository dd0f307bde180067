import { z } from 'zod';
import { listOf } from '../fields/list.ts';
import { secretField } from '../fields/secret-field.ts';
import { plainText } from '../fields/text-field.ts';

const jwk = z.looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']) });

export const clientSchema = z.strictObject({
  id: plainText('client id', 'reporting').describe('Its `client_id`.'),
  name: plainText('text', 'Reporting')
    .optional()
    .describe('Shown to people who are asked for their consent. Default: the id.'),
  secret: secretField()
    .optional()
    .describe('With it the client authenticates. A client with neither secret nor keys is public and does not.'),
  jwks: z
    .strictObject({ keys: z.array(jwk).min(1) })
    .optional()
    .describe('Its public keys (RFC 7517): it authenticates with private_key_jwt.'),
  grants: listOf(z.enum(['client_credentials', 'authorization_code', 'refresh_token'])).describe(
    'How it may get tokens.',
  ),
  scopes: listOf(plainText('scope', 'orders:read'))
    .optional()
    .describe('The scopes of APIs that it may have. Those of OpenID Connect its users decide about.'),
  apis: listOf(plainText('name', 'orders'))
    .optional()
    .describe('APIs that it may have tokens for. Default: those that have one of its scopes, or no scopes at all.'),
  redirectUris: listOf(plainText('URI', 'https://app.example.com/callback'))
    .optional()
    .describe('Where people are sent back to; compared character by character.'),
  postLogoutRedirectUris: listOf(plainText('URI', 'https://app.example.com/'))
    .optional()
    .describe('Where people are sent back to after signing out.'),
  native: z.boolean().default(false).describe('An app on a device, with redirect URIs of its own scheme (RFC 8252).'),
  introspects: listOf(plainText('name', 'orders', '*'))
    .optional()
    .describe('APIs whose tokens it may introspect, `*` for all. Default: none but its own tokens.'),
});
