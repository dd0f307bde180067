import { z } from 'zod';
import { readPostgresUrl } from '../../base/postgres-url.ts';
import { addressField } from '../fields/address-field.ts';
import { durationField, minute } from '../fields/duration-field.ts';
import { hostField } from '../fields/host-field.ts';
import { listOf } from '../fields/list.ts';
import { clientIdField } from '../fields/oauth-fields.ts';
import { proxyField } from '../fields/proxy-field.ts';
import { secretField } from '../fields/secret-field.ts';
import { plainText, type Reading, textField } from '../fields/text-field.ts';
import { trustedUrlField } from '../fields/url-field.ts';
import { Secret } from '../secret.ts';

export const adminSchema = z.strictObject({
  listen: addressField()
    .prefault('127.0.0.1:8082')
    .describe('Where the admin API, health and metrics are. Keep it on loopback or a private network.'),
  secret: secretField()
    .optional()
    .describe(
      'Secret of the client by which the command line calls it. Default: made at the first start, in a file beside the store.',
    ),
  hosts: listOf(hostField()).optional().describe('Host names under which it may be called, besides those of loopback.'),
  metrics: z
    .enum(['token', 'open'])
    .default('token')
    .describe('Whether `/metrics` needs a token as everything else does, or none.'),
});

export type StoreLocation =
  | { readonly kind: 'sqlite'; readonly path: string }
  /** Its URL may hold a password; the label does not. */
  | { readonly kind: 'postgres'; readonly url: Secret; readonly label: string }
  /** An edge: a gateway that follows a hub. */
  | { readonly kind: 'none' };

const form = {
  title: 'store',
  examples: [
    'sqlite:./data/gatehouse.db',
    `postgres://gatehouse:\${PASSWORD}@db.example.com/gatehouse?sslmode=verify-full`,
    'none',
  ] as const,
  pattern: '^(none$|sqlite:|postgres(ql)?://|\\$).*$',
};

export const storeSchema = textField(form, (text): Reading<StoreLocation> => {
  const [, path] = /^sqlite:(?!\/\/)(.+)$/.exec(text) ?? [];
  if (path !== undefined) return { value: { kind: 'sqlite', path } };
  if (text === 'none') return { value: { kind: 'none' } };
  if (/^postgres(ql)?:/i.test(text)) return postgresLocation(text);
  return {
    reason: 'is no store',
    remedy:
      'Write sqlite: and the path of a file, the URL of a PostgreSQL database, or none for a gateway that follows a hub.',
  };
});

function postgresLocation(text: string): Reading<StoreLocation> {
  const url = readPostgresUrl(text);
  if (!('fault' in url)) return { value: { kind: 'postgres', url: new Secret(text), label: url.label } };
  return { reason: url.fault.reason.replace(/\.$/, ''), remedy: url.fault.remedy };
}

const follow = z.strictObject({
  url: trustedUrlField('URL', 'https://hub.example.com').describe("Of the hub's admin API; https, but for loopback."),
  tokenEndpoint: trustedUrlField('URL', 'https://id.example.com/token').describe(
    'Of its provider, for a token to follow with.',
  ),
  client: z
    .strictObject({
      id: clientIdField().describe('Its `client_id` there.'),
      secret: secretField().describe('Its secret there.'),
    })
    .describe('A client there, with the grant `client_credentials` and the scope `gatehouse:follow`.'),
});

export const revocationSchema = z.strictObject({
  maxStaleness: durationField({ min: 100, max: 10 * minute })
    .prefault('5s')
    .describe('Without sight of the end of the log for longer than this, revocations may have been missed.'),
  poll: durationField({ min: 10, max: minute }).prefault('500ms').describe('Between two looks at the log.'),
  follow: follow
    .optional()
    .describe('With `store: none`: the hub whose revocation log is followed. See docs/revocation.md, "Edge gateways".'),
});

export const outboundSchema = z.strictObject({
  timeout: durationField({ min: 100, max: minute }).prefault('10s').describe('For a whole exchange with an issuer.'),
  ca: plainText('file', '/etc/ssl/company-ca.pem')
    .optional()
    .describe("PEM file of certificate authorities that are trusted besides the system's."),
  proxy: proxyField()
    .prefault('environment')
    .describe(
      '`environment`: as HTTPS_PROXY and NO_PROXY say; `none`; or the URL of an HTTP proxy. Not for upstreams.',
    ),
  noProxy: listOf(plainText('host', 'id.internal.example', '.internal.example'))
    .optional()
    .describe(
      'Hosts that are called directly, besides those of NO_PROXY: `example.com` and all below it, `host:port`, `10.0.0.0/8`.',
    ),
});

export const logSchema = z.strictObject({
  level: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('What is written to standard output, as JSON.'),
});
