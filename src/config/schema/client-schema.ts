import { z } from 'zod';
import { grantTypes } from '../../provider/index.ts';
import { listOf } from '../fields/list.ts';
import { clientIdField, redirectUriField, scopeField } from '../fields/oauth-fields.ts';
import { secretField } from '../fields/secret-field.ts';
import { issue, plainText } from '../fields/text-field.ts';

/** RFC 7518 section 6: the members that only a private key has. */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const publicKey = z
  .looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']).describe('Its type; a shared secret is no key here.') })
  .transform((jwk, context) => {
    const found = privateMembers.filter((member) => member in jwk);
    if (found.length > 0)
      context.addIssue(issue(`is a private key: it has "${found[0]}"`, 'Give the public half only.'));
    return jwk;
  });

export const clientSchema = z.strictObject({
  id: clientIdField().describe('Its `client_id`.'),
  name: plainText('text', 'Reporting')
    .optional()
    .describe('Shown to people who are asked for their consent. Default: the id.'),
  secret: secretField()
    .optional()
    .describe('With it the client authenticates. A client with neither secret nor keys is public and does not.'),
  jwks: z
    .strictObject({ keys: z.array(publicKey).min(1).describe('Keys as RFC 7517 writes them.') })
    .optional()
    .describe('Its public keys: it authenticates with private_key_jwt (RFC 7523).'),
  grants: listOf(z.enum(grantTypes)).describe('How it may get tokens.'),
  scopes: listOf(scopeField())
    .optional()
    .describe('The scopes of APIs that it may have. Those of OpenID Connect its users decide about.'),
  apis: listOf(plainText('name', 'orders'))
    .optional()
    .describe('APIs that it may have tokens for. Default: those that have one of its scopes, or no scopes at all.'),
  redirectUris: listOf(redirectUriField())
    .optional()
    .describe('Where people are sent back to; compared character by character.'),
  postLogoutRedirectUris: listOf(redirectUriField())
    .optional()
    .describe('Where people are sent back to after signing out.'),
  native: z.boolean().default(false).describe('An app on a device, with redirect URIs of its own scheme (RFC 8252).'),
  introspects: listOf(plainText('name', 'orders', '*'))
    .optional()
    .describe('APIs whose tokens it may introspect, `*` for all. Default: none but its own tokens.'),
});
