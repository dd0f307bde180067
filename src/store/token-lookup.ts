import type { TokenRecord } from '../opaque/index.ts';
import { build } from './query-builder.ts';
import { readJsonObject } from './stored-json.ts';
import { template } from './template.ts';

/** How an opaque token of ours is looked up: the engines differ in whether that takes a turn of the event loop. */
export const tokenByHash = template(({ hash }: { readonly hash: string }) =>
  build.selectFrom('tokens').select(['claims', 'expires_at']).where('hash', '=', hash).where('kind', '=', 'opaque'),
);

export function tokenRecordOf(
  row: { readonly claims: string | null; readonly expires_at: number } | undefined,
): TokenRecord | undefined {
  if (row === undefined || row.claims === null) return undefined;
  return { claims: readJsonObject(row.claims), expiresAt: row.expires_at };
}
