import { z } from 'zod';
import { day, durationField, second } from '../fields/duration-field.ts';
import { listOf } from '../fields/list.ts';
import { named } from '../fields/named.ts';
import { plainText } from '../fields/text-field.ts';

const client = z.strictObject({
  issuer: plainText('name', 'acme', 'provider').describe('An issuer by its name here, or `provider`.'),
  client: plainText('client id', '0oa7h3k9').describe(
    'A client of that issuer; ids of different issuers have nothing in common.',
  ),
});

const rate = z.strictObject({
  requests: z.int().min(1).max(1_000_000).describe('Requests that are granted in the time `per`.'),
  per: durationField({ min: second, max: day }).prefault('1s').describe('The time in which they are counted.'),
  burst: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('Requests that are granted at once, after a pause. Default: as many as `requests`.'),
});

/** Who calls, whichever issuers vouch for it. */
export const consumersSchema = named({
  clients: listOf(client).describe('The clients that it is known by, each of one issuer.'),
  blocked: z.boolean().default(false).describe('Refuse all that it asks for.'),
  rate: rate
    .optional()
    .describe('How often it may call each API, counted by each gateway, its workers together. Default: any.'),
});
