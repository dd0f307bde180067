import { z } from '@hono/zod-openapi';
import type { InputFault } from './problem.ts';

/** Items of a page: default 50, at most 200. */
const defaultLimit = 50;
const maxLimit = 200;

/** What every list takes. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(maxLimit)
    .default(defaultLimit)
    .openapi({ description: `Items of a page: 1 to ${maxLimit}, ${defaultLimit} unless told.` }),
  cursor: z
    .string()
    .max(512)
    .optional()
    .openapi({ description: 'The `next` of the page before. It means nothing to anyone but this API.' }),
};

/** What every list answers with. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().openapi({ description: 'The `cursor` of the next page, null on the last.' }),
  });
}

/** What a store needs to go on after an item. */
type Position = readonly (string | number)[];

/** A page out of one item more than was asked for: whether there is a next page is known without counting. */
export function page<Row, Item>(
  rows: readonly Row[],
  limit: number,
  describe: (row: Row) => Item,
  positionOf: (row: Row) => Position,
): { items: Item[]; next: string | null } {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  const next = rows.length > limit && last !== undefined ? writeCursor(positionOf(last)) : null;
  return { items: kept.map(describe), next };
}

export const cursorFault: InputFault = { path: 'cursor', reason: 'was not given out by this list' };

export function writeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @returns the position, undefined for the first page, or `malformed` where `page` did not make this cursor */
export function readCursor<Shape extends z.ZodType>(
  cursor: string | undefined,
  shape: Shape,
): z.output<Shape> | undefined | 'malformed' {
  if (cursor === undefined) return undefined;
  try {
    const read = shape.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return read.success ? read.data : 'malformed';
  } catch {
    return 'malformed';
  }
}
