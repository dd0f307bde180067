import { z } from 'zod';
import { durationField, hour, minute, second } from '../fields/duration-field.ts';
import { clientIdField } from '../fields/oauth-fields.ts';
import { secretField } from '../fields/secret-field.ts';
import { plainText } from '../fields/text-field.ts';
import { trustedUrlField } from '../fields/url-field.ts';

const client = z.strictObject({
  id: clientIdField().describe('Its `client_id` there.'),
  secret: secretField().optional().describe('Its secret there.'),
  key: secretField()
    .optional()
    .describe('In place of a secret: its private key, PEM or JWK, for `private_key_jwt` (RFC 7523 section 2.2).'),
  kid: plainText('kid', 'gate-1').optional().describe('What the key is called there. Default: the `kid` of the JWK.'),
  audience: plainText('audience', 'https://legacy.example.com/token')
    .optional()
    .describe('The `aud` of its assertions. Default: the issuer identifier.'),
});

export const introspectionSchema = z.strictObject({
  endpoint: trustedUrlField('URL', 'https://legacy.example.com/introspect')
    .optional()
    .describe("Where tokens are shown to it (RFC 7662). Default: the preset's place."),
  authentication: z
    .enum(['basic', 'post', 'private_key_jwt', 'bearer', 'none'])
    .optional()
    .describe(
      'How Gatehouse authenticates there. Default: `basic` with a secret, `private_key_jwt` with a key, `bearer` with `bearer`; for Google `none`.',
    ),
  client: client.optional().describe('The client that Gatehouse is there.'),
  bearer: secretField().optional().describe('With `bearer`: the access token that the endpoint wants.'),
  tokens: z
    .enum(['opaque', 'all'])
    .default('opaque')
    .describe('Which tokens are shown to it; `all`: JWTs too, which are then not verified here.'),
  signed: z
    .boolean()
    .default(false)
    .describe("Demand an answer signed by the issuer's keys (RFC 9701). It then needs `issuer`."),
  expiry: z
    .enum(['required', 'optional'])
    .default('required')
    .describe('Whether an answer must say when the token expires; RFC 7662 leaves that open.'),
  cache: durationField({ max: hour })
    .prefault('30s')
    .describe('How long "active" is believed, never beyond the expiry: a token revoked there may live on for as long.'),
  negativeCache: durationField({ max: minute }).prefault('5s').describe('How long "not active" is believed.'),
  timeout: durationField({ min: 100, max: 30 * second })
    .prefault('3s')
    .describe('For one question, never longer than `outbound.timeout`; then the answer to the caller is 503.'),
  concurrency: z
    .int()
    .min(1)
    .max(10_000)
    .default(64)
    .describe('Questions under way at once; as many again wait, each for half a time-out at most.'),
});
