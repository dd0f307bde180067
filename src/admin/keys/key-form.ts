import { z } from '@hono/zod-openapi';
import type { EpochMs } from '../../base/clock.ts';
import type { SigningKey } from '../../provider/index.ts';
import { isoTime, isoTimeOr } from '../wire.ts';

export const keySchema = z
  .object({
    kid: z.string(),
    algorithm: z.string(),
    state: z.enum(['next', 'signing', 'retired']).openapi({
      description: '`next`: published before it signs. `retired`: published until its last token has expired.',
    }),
    created_at: z.string(),
    signs_from: z.string().nullable(),
    published_until: z.string().nullable(),
  })
  .openapi('SigningKey');

type Key = z.infer<typeof keySchema>;

/** The published keys, without anything of their private halves. */
export function describeKeys(keys: readonly SigningKey[], now: EpochMs): Key[] {
  const published = keys.filter(({ publishedUntil }) => publishedUntil === undefined || now < publishedUntil);
  const begun = published.flatMap(({ signsFrom }) => (signsFrom !== undefined && signsFrom <= now ? [signsFrom] : []));
  const latest = Math.max(...begun);
  return published.map((key) => describe(key, stateOf(key, latest)));
}

/** Of the keys that have begun to sign, the last one signs. */
function stateOf({ signsFrom }: SigningKey, latest: EpochMs): Key['state'] {
  if (signsFrom === undefined || signsFrom > latest) return 'next';
  return signsFrom === latest ? 'signing' : 'retired';
}

function describe({ id, algorithm, createdAt, signsFrom, publishedUntil }: SigningKey, state: Key['state']): Key {
  return {
    kid: id,
    algorithm,
    state,
    created_at: isoTime(createdAt),
    signs_from: isoTimeOr(signsFrom),
    published_until: isoTimeOr(publishedUntil),
  };
}
