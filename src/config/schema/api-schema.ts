import { z } from 'zod';
import { claimPathField } from '../fields/claim-path-field.ts';
import { day, durationField, hour, minute, second } from '../fields/duration-field.ts';
import { headerKey } from '../fields/header-name-field.ts';
import { hostField } from '../fields/host-field.ts';
import { listOf, oneOrMore } from '../fields/list.ts';
import { named } from '../fields/named.ts';
import { scopeField } from '../fields/oauth-fields.ts';
import { pathField } from '../fields/path-field.ts';
import { gibibyte, sizeField } from '../fields/size-field.ts';
import { plainText } from '../fields/text-field.ts';
import { originField, upstreamUrlField } from '../fields/url-field.ts';
import { rulesSchema } from './rule-schema.ts';

const route = z.strictObject({
  hosts: listOf(hostField())
    .optional()
    .describe('`api.example.com`, or `*.example.com` for all below. Default: every host.'),
  path: pathField().prefault('/').describe('This path and what lies below it, by whole segments.'),
});

const upstreamUrl = upstreamUrlField().describe(
  'Where the API really is; its path, if any, is put before that of each request.',
);

const upstream = z.union([
  upstreamUrl.transform((url) => ({ url, ca: undefined, preserveHost: false })),
  z.strictObject({
    url: upstreamUrl,
    ca: plainText('file', '/etc/ssl/upstream-ca.pem')
      .optional()
      .describe("PEM file of the authorities to trust instead of the system's."),
    preserveHost: z.boolean().default(false).describe("Pass the client's `Host` on instead of the upstream's own."),
  }),
]);

const needs = [
  'federation',
  'local-validation-by-others',
  'readable-by-bearer',
  'early-revocation',
  'latency',
] as const;

const tokens = z.strictObject({
  format: z
    .enum(['auto', 'opaque', 'jwt'])
    .default('auto')
    .describe('What the provider issues for this API; `auto` follows the needs (see `gatehouse advise`).'),
  needs: listOf(z.enum(needs)).optional().describe('What is needed of the tokens.'),
  ttl: durationField({ min: 10 * second, max: 30 * day })
    .prefault('10m')
    .describe('How long an access token lives.'),
  claims: listOf(plainText('claim', 'email'))
    .optional()
    .describe('Claims of the account that the tokens carry. Default: those that the rules read.'),
  statusList: z
    .boolean()
    .default(false)
    .describe(
      'With JWTs: each names a place in a status list of the provider, for those who validate on their own (draft-ietf-oauth-status-list).',
    ),
});

const forward = z.strictObject({
  identity: z
    .enum(['jwt', 'headers', 'token', 'none'])
    .default('jwt')
    .describe("Who is calling, as a JWT of ours, as headers, as the caller's own token, or not at all."),
  headers: z
    .record(headerKey, claimPathField())
    .optional()
    .describe('With `headers`: further headers, and the claim that each carries.'),
  lifetime: durationField({ min: second, max: hour })
    .prefault('1m')
    .describe('With `jwt`: how long it lives; never longer than the token it stands for.'),
  audience: plainText('audience', 'https://orders.internal')
    .optional()
    .describe("With `jwt`: its `aud`. Default: the API's first audience."),
});

const cors = z.strictObject({
  origins: listOf(originField('origin', 'https://app.example.com', { trusted: false })).describe(
    'Origins whose scripts may call.',
  ),
  methods: listOf(plainText('method', 'GET')).optional().describe('Default: GET, HEAD, POST, PUT, PATCH, DELETE.'),
  headers: listOf(plainText('header', 'authorization'))
    .optional()
    .describe('Request headers that scripts may set. Default: authorization, content-type.'),
  exposeHeaders: listOf(plainText('header', 'x-request-id'))
    .optional()
    .describe('Response headers that scripts may read. Default: x-request-id, www-authenticate.'),
  credentials: z.boolean().default(false).describe('Cookies and the like.'),
  maxAge: durationField({ max: day }).prefault('10m').describe('How long a browser may remember the answer.'),
});

const limits = z.strictObject({
  body: sizeField({ min: 0, max: 1024 * gibibyte })
    .optional()
    .describe('The request body. Default: no limit.'),
});

const timeouts = z.strictObject({
  connect: durationField({ min: 100, max: 5 * minute })
    .prefault('5s')
    .describe('Until the connection stands.'),
  firstByte: durationField({ min: 100, max: day })
    .prefault('60s')
    .describe('From the request to the first byte of the answer.'),
  idle: durationField({ min: second, max: day })
    .prefault('5m')
    .describe('Silence within a body, a stream of events or an upgraded connection.'),
});

const introspection = z.strictObject({
  ask: z
    .enum(['first', 'in-order'])
    .default('first')
    .describe(
      'Which issuers are asked about an opaque token: the first of `accept` that takes its form; or one after the other, until one says that it is active.',
    ),
  grace: durationField({ max: hour })
    .prefault('0s')
    .describe('While an issuer cannot be asked, a token that it called active so long ago at most is still let in.'),
});

const consumers = z.union([z.enum(['any', 'known']), listOf(plainText('name', 'acme-web'))]);

export const apisSchema = named({
  audience: oneOrMore(plainText('audience', 'https://api.example.com/orders')).describe(
    'What its tokens have in `aud`; one of several is enough. The provider names the API by the first (RFC 8707).',
  ),
  route: route.describe('Which requests are for this API.'),
  upstream: upstream.describe('Where the API really is.'),
  accept: listOf(plainText('name', 'acme', 'provider')).describe(
    'Names of the issuers whose tokens it takes; `provider` is ours.',
  ),
  introspection: introspection.prefault({}).describe('Opaque tokens of issuers that have to be asked.'),
  consumers: consumers
    .default('any')
    .describe('Who may call: `any` client, those of `known` consumers, or those of the named ones.'),
  rules: rulesSchema,
  scopes: listOf(scopeField()).optional().describe('Scopes that mean something to it besides those of its rules.'),
  tokens: tokens.optional().describe('What the provider issues for it.'),
  forward: forward.prefault({}).describe('What the upstream is told about the caller.'),
  cors: cors.optional().describe('Scripts of other origins. Default: none may call.'),
  limits: limits.prefault({}).describe('What a request may weigh.'),
  timeouts: timeouts.prefault({}).describe('How long the upstream may take. Looked at four times a second.'),
  onStaleRevocations: z
    .enum(['refuse', 'serve'])
    .default('refuse')
    .describe('What to do while it is not known whether there are new revocations.'),
  realm: plainText('realm', 'orders')
    .optional()
    .describe("The protection space named in challenges. Default: the gateway's."),
});
