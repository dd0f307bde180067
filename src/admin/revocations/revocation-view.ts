import { z } from '@hono/zod-openapi';
import { type Revocation, revocationKinds } from '../../revocation/index.ts';
import { isoTime } from '../wire.ts';

export const kindNames = Object.keys(revocationKinds) as (keyof typeof revocationKinds)[];

export const revocationSchema = z
  .object({
    seq: z.number().int(),
    at: z.string(),
    issuer: z.string(),
    kind: z.enum(kindNames),
    value: z.string(),
    client: z.string().optional(),
    before: z.string().optional(),
    from: z.string().optional(),
    expires_at: z.string(),
    reason: z.string().optional(),
    actor: z.string(),
  })
  .openapi('Revocation');

/** A revocation as the API shows it. */
export function describeRevocation(revocation: Revocation): z.infer<typeof revocationSchema> {
  const { seq, at, issuer, kind, value, client, before, from, expiresAt, reason, actor } = revocation;
  return {
    seq,
    at: isoTime(at),
    issuer,
    kind,
    value,
    ...(client === undefined ? {} : { client }),
    ...(before === undefined ? {} : { before: isoTime(before * 1000) }),
    ...(from === undefined ? {} : { from: isoTime(from) }),
    expires_at: isoTime(expiresAt),
    ...(reason === undefined ? {} : { reason }),
    actor,
  };
}
