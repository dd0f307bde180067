import { z } from 'zod';
import { claimPlacesField } from '../fields/claim-path-field.ts';
import { listOf } from '../fields/list.ts';
import { clientIdField, scopeField } from '../fields/oauth-fields.ts';
import { secretField } from '../fields/secret-field.ts';
import { plainText } from '../fields/text-field.ts';

const client = z.strictObject({
  id: clientIdField().describe('Its `client_id` there.'),
  secret: secretField().optional().describe('Its secret there. Default: none, as for a public client.'),
});

/** Sign-in at our own provider by way of another one. */
export const signInSchema = z.strictObject({
  client: client.describe(
    'The client that Gatehouse is there. Register PROVIDER/federation/NAME/callback as its redirect URI.',
  ),
  title: plainText('text', 'Acme').optional().describe('"Continue with …". Default: the name of the issuer.'),
  scopes: listOf(scopeField()).prefault(['profile', 'email']).describe('What is asked for there besides `openid`.'),
  claims: z
    .record(z.string().min(1), claimPlacesField())
    .optional()
    .describe(
      'Further claims of a person under our names, and where that issuer has each. OpenID Connect ones keep theirs.',
    ),
});
