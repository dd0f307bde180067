import pg, { type CustomTypesConfig } from 'pg';

/**
 * PostgreSQL has no U+0000 in its texts, while a `sub` may have one. So it travels as two characters, and so does the
 * first of those two itself: U+001A, SUBSTITUTE, which is as good as never met. All other texts stay as they are.
 */
const substitute = '\u001a';

/** A parameter as it is sent. */
export function toWire(value: unknown): unknown {
  if (typeof value === 'string') return escapeNul(value);
  return Array.isArray(value) ? value.map(toWire) : value;
}

function escapeNul(text: string): string {
  return text.replaceAll(substitute, `${substitute}1`).replaceAll('\u0000', `${substitute}0`);
}

function unescapeNul(text: string): string {
  return text.includes(substitute)
    ? text.replaceAll(`${substitute}0`, '\u0000').replaceAll(`${substitute}1`, substitute)
    : text;
}

/** Times in milliseconds and sequence numbers stay far below 2^53, from where on a Number is not exact. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [pg.types.builtins.INT8]: Number,
  [pg.types.builtins.TEXT]: unescapeNul,
};

/** How columns are read: as the numbers and texts that they are. */
export const fromWire: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => parsers[oid] ?? pg.types.getTypeParser(oid, format),
};
