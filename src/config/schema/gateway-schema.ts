import { z } from 'zod';
import { addressField } from '../fields/address-field.ts';
import { durationField, hour, minute, second } from '../fields/duration-field.ts';
import { listOf } from '../fields/list.ts';
import { networkField } from '../fields/network-field.ts';
import { pathField } from '../fields/path-field.ts';
import { gibibyte, kibibyte, mebibyte, sizeField } from '../fields/size-field.ts';
import { plainText } from '../fields/text-field.ts';

const limits = z.strictObject({
  token: sizeField({ min: 256, max: mebibyte })
    .prefault('16KiB')
    .describe(
      'The longest token that is looked at; longer ones are refused before anything is decoded. Read at start only.',
    ),
  headers: sizeField({ min: kibibyte, max: mebibyte })
    .prefault('16KiB')
    .describe('Request line and headers together. Read at start only.'),
  headerCount: z.int().min(1).max(1000).default(100).describe('Header fields of a request.'),
  target: sizeField({ min: 256, max: mebibyte }).prefault('8KiB').describe('The request target: path and query.'),
});

const timeouts = z.strictObject({
  headers: durationField({ min: second, max: 5 * minute })
    .prefault('10s')
    .describe("Until a request's headers are complete. Read at start only."),
  keepAlive: durationField({ min: second, max: hour })
    .prefault('65s')
    .describe('How long an idle client connection is kept. Read at start only.'),
  review: durationField({ min: 100, max: hour })
    .prefault('5s')
    .describe('How often streams and WebSockets that are still open are judged again. Read at start only.'),
  drain: durationField({ max: hour })
    .prefault('30s')
    .describe('How long requests under way may take to finish when the program is told to stop.'),
});

export const gatewaySchema = z.strictObject({
  listen: addressField().prefault('127.0.0.1:8080').describe('Where clients call the APIs. Read at start only.'),
  name: plainText('name', 'edge-1')
    .optional()
    .describe(
      'What people know this gateway by, in receipts of revocations. Default: host name and process id. Read at start only.',
    ),
  workers: z
    .int()
    .min(1)
    .max(256)
    .default(1)
    .describe(
      'Processes that share the port, so that the gateway uses several cores. See docs/gateway.md, "Several workers". Read at start only.',
    ),
  trustedProxies: listOf(networkField())
    .optional()
    .describe('Proxies that may say whom they speak for (`X-Forwarded-*`, `Forwarded`) and ask for decisions.'),
  decide: pathField().prefault('/decide').describe('Where other proxies ask for decisions (forward authentication).'),
  realm: plainText('realm', 'gatehouse').prefault('gatehouse').describe('The protection space named in challenges.'),
  limits: limits.prefault({}).describe('What a request may weigh.'),
  timeouts: timeouts.prefault({}).describe('How long clients may take.'),
  cache: sizeField({ min: mebibyte, max: 64 * gibibyte })
    .prefault('256MiB')
    .describe('Memory for tokens that were verified before, in each worker. Read at start only.'),
  statusLists: sizeField({ min: mebibyte, max: 64 * gibibyte })
    .prefault('128MiB')
    .describe("Memory for issuers' status lists, unpacked, in each worker. Read at start only."),
});
