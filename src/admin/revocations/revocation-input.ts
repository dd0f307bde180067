import { z } from '@hono/zod-openapi';
import { textSchema, timeSchema } from '../wire.ts';

const issuer = textSchema.openapi({ description: "The issuer's name in the configuration, or its identifier." });
const value = z.string().min(1).max(4096);
const reason = z.string().min(1).max(1024).optional();
const wait = z.number().min(0).max(60).optional().openapi({
  description: 'Seconds to wait at most for it to be in force on every gateway. Default: not at all, and no receipt.',
});
const common = { reason, wait };
const before = z.union([timeSchema, z.number().nonnegative()]).optional().openapi({
  description:
    'The cut-off, as a time or in seconds since 1970 like `iat`: tokens issued at or before that second die. Default: now, and the leeway of an issuer that is not our own provider.',
});

/** A token by its value, which is hashed at once and kept nowhere, or by the hash that logs and lists show. */
const token = z
  .strictObject({
    kind: z.literal('token'),
    token: z.string().min(1).max(65_536).optional(),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in lower-case hex')
      .optional(),
    issuer: issuer.optional(),
    ...common,
  })
  .refine((input) => (input.token === undefined) !== (input.hash === undefined), {
    error: 'give either the token or its hash',
    path: ['token'],
  })
  .refine((input) => input.hash === undefined || input.issuer !== undefined, {
    error: 'is needed with a hash, which does not say who issued the token',
    path: ['issuer'],
  });

const cutOff = { issuer, value, before, ...common };

export const revocationInput = z
  .discriminatedUnion('kind', [
    token,
    z.strictObject({ kind: z.literal('jti'), issuer, value, ...common }),
    z.strictObject({ kind: z.literal('subject'), ...cutOff, client: value.optional() }),
    z.strictObject({ kind: z.literal('client'), ...cutOff }),
    z.strictObject({ kind: z.literal('session'), ...cutOff }),
    z.strictObject({ kind: z.literal('key'), ...cutOff }),
    z.strictObject({ kind: z.literal('issuer'), issuer, before, ...common }),
  ])
  .openapi('NewRevocation');

export type RevocationInput = z.output<typeof revocationInput>;
export type TokenRevocationInput = Extract<RevocationInput, { kind: 'token' }>;
