import { z } from 'zod';
import { presetNames } from '../../issuers/index.ts';
import { furthestLeewaySeconds } from '../../protocol/furthest-leeway.ts';
import { longestLifetimeSeconds } from '../../protocol/longest-lifetime.ts';
import { algorithmNames } from '../../tokens/index.ts';
import { claimPlacesField } from '../fields/claim-path-field.ts';
import { day, durationField, hour, minute, second } from '../fields/duration-field.ts';
import { listOf } from '../fields/list.ts';
import { named } from '../fields/named.ts';
import { patternField } from '../fields/pattern-field.ts';
import { secretField } from '../fields/secret-field.ts';
import { plainText } from '../fields/text-field.ts';
import { originField, trustedUrlField } from '../fields/url-field.ts';
import { introspectionSchema } from './introspection-schema.ts';
import { signInSchema } from './sign-in-schema.ts';

const claims = z.strictObject({
  subject: claimPlacesField().optional().describe('Who the token is about.'),
  client: claimPlacesField().optional().describe('Which client it was issued to.'),
  audience: claimPlacesField().optional().describe('For which APIs.'),
  scopes: claimPlacesField().optional().describe('A space-delimited string or a list.'),
  roles: claimPlacesField().optional().describe('A string or a list; all places count.'),
  groups: claimPlacesField().optional().describe('A string or a list; all places count.'),
  session: claimPlacesField().optional().describe('The sign-in it belongs to, for revocation.'),
  tokenId: claimPlacesField().optional().describe("The token's own identifier, for revocation."),
});

const keys = z.strictObject({
  minRefresh: durationField({ min: second, max: day })
    .prefault('1m')
    .describe('Between two background fetches at least, whatever Cache-Control says.'),
  maxRefresh: durationField({ min: second, max: day })
    .prefault('5m')
    .describe('Between two background fetches at most: a removed key stops verifying after this.'),
  coolDown: durationField({ min: second, max: hour })
    .prefault('10s')
    .describe('Between two fetches for keys that turned out to be unknown.'),
  maxStale: durationField({ max: 7 * day })
    .prefault('24h')
    .describe('For how long the last keys serve while the issuer cannot be reached.'),
});

const statusTimes = z.strictObject({
  minRefresh: durationField({ min: second, max: hour })
    .prefault('5s')
    .describe('Between two fetches of a list at least, whatever its `ttl` says.'),
  maxRefresh: durationField({ min: second, max: day })
    .prefault('5m')
    .describe('For how long a list is relied on at most, whatever its `ttl` says.'),
  maxStale: durationField({ max: 7 * day })
    .prefault('15m')
    .describe('For how long it serves beyond that while it cannot be fetched; never beyond its `exp`.'),
});

const opaque = z.strictObject({
  prefixes: listOf(plainText('text', 'ya29.')).optional().describe('What they begin with; one of several is enough.'),
  pattern: patternField('^[0-9a-f]{40}$')
    .optional()
    .describe('What they look like, if not by a prefix; anchor it with `^` and `$`.'),
  gatehouse: z
    .boolean()
    .default(false)
    .describe(
      'It is a Gatehouse whose opaque tokens (`gho_…`) are shown to it. Only where there is no `provider` here.',
    ),
});

const decryptionKey = z.strictObject({
  key: secretField().describe('A private key, PEM or JWK: RSA, or EC on P-256, P-384 or P-521.'),
  kid: plainText('kid', 'enc-1').optional().describe('What tokens call it. Default: the `kid` of the JWK.'),
});

export const issuersSchema = named({
  preset: z.enum(presetNames).default('oidc').describe('What kind of provider it is; the rest follows from that.'),
  issuer: trustedUrlField('issuer URL', 'https://acme.okta.com/oauth2/default')
    .optional()
    .describe(
      'Its issuer identifier, to the letter; https, but for loopback. May be left out with `introspection.endpoint`, whose URL it then is: no JWT of it is taken.',
    ),
  acceptedIssuers: listOf(plainText('iss', 'http://sts.example.com/adfs/services/trust'))
    .optional()
    .describe('Every `iss` that its tokens may carry, if that is not (only) `issuer`; exact strings.'),
  tenants: listOf(plainText('tenant', '7a1c2f0e-4f0a-4c8e-9d3b-0a1b2c3d4e5f'))
    .optional()
    .describe('Entra ID: the tenants (GUIDs) whose tokens are accepted.'),
  discovery: trustedUrlField('URL', 'https://id.example.com/.well-known/openid-configuration')
    .optional()
    .describe('The discovery document, if it is not at the well-known place.'),
  jwksUri: trustedUrlField('URL', 'https://id.example.com/jwks')
    .optional()
    .describe('The key set; wins over discovery, which then does not happen.'),
  clients: listOf(plainText('client id', '3n4b5'))
    .optional()
    .describe('Only tokens of these clients are accepted. Needed where tokens have no `aud` (Cognito).'),
  algorithms: listOf(z.enum(algorithmNames))
    .optional()
    .describe("Accepted signature algorithms. Default: the preset's. Symmetric ones and `none` never are."),
  typ: listOf(plainText('typ', 'at+jwt', 'none'))
    .optional()
    .describe("Accepted `typ` of the JOSE header; `none`: absent. Default: the preset's."),
  required: listOf(plainText('claim', 'jti'))
    .optional()
    .describe('Claims that a JWT must have besides `iss`, `exp` and what the preset demands.'),
  equals: z
    .record(z.string().min(1), listOf(plainText('text', 'access')))
    .optional()
    .describe("Claims that must be one of some strings. Default: the preset's."),
  demands: listOf(z.enum(['subject', 'client']))
    .optional()
    .describe("What a token may not lack. Default: the preset's."),
  audienceFromClient: z
    .boolean()
    .optional()
    .describe("A token without `aud` is for its client; only together with `clients`. Default: the preset's."),
  leeway: durationField({ max: furthestLeewaySeconds * second })
    .prefault('5s')
    .describe('Clock difference that is tolerated.'),
  maxLifetime: durationField({ min: minute, max: longestLifetimeSeconds * second })
    .optional()
    .describe(
      'The longest accepted time from `iat` to `exp`, both of which every token then has to say, and for how long revocations of many tokens are kept. Default: five years where a token says both, and revocations are kept for good.',
    ),
  claims: claims.optional().describe("Where its tokens keep what a policy needs. Default: the preset's places."),
  keys: keys.prefault({}).describe('When its keys are fetched.'),
  status: z
    .enum(['check', 'ignore'])
    .default('check')
    .describe(
      'Whether JWTs that name a status list (claim `status`) are looked up in it, for every request; or the claim is passed over.',
    ),
  statusLists: listOf(originField('origin', 'https://status.example.com', { trusted: true }))
    .optional()
    .describe('Origins at which its status lists may be, besides its own.'),
  statusIssuer: plainText('name', 'acme-status')
    .optional()
    .describe('The issuer that signs its status lists. Default: it does so itself.'),
  statusTimes: statusTimes.prefault({}).describe('When its status lists are fetched.'),
  introspection: introspectionSchema
    .optional()
    .describe('Its opaque tokens are taken, and it is asked about them (RFC 7662). Default: they are refused.'),
  opaque: opaque.optional().describe('Which opaque tokens are shown to it. Default: all that are not of our own form.'),
  decryption: z
    .array(decryptionKey)
    .min(1)
    .optional()
    .describe('Keys for tokens that it encrypts (RFC 7516). Default: encrypted tokens are refused.'),
  signIn: signInSchema.optional().describe('People may sign in at our provider by way of it. Default: they may not.'),
});
