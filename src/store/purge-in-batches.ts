import type { Compilable } from 'kysely';
import type { Sql } from './sql.ts';

/** Rows that one commit deletes at most, so that no request waits for a great purge. */
export const purgeBatch = 500;

/** @param purge deletes at most `purgeBatch` rows; @returns how many went in all */
export async function purgeInBatches(sql: Sql, purge: Compilable<unknown>): Promise<number> {
  for (let total = 0; ; ) {
    const changes = await sql.write(purge);
    total += changes;
    if (changes < purgeBatch) return total;
  }
}
