import type { NumericDate } from '../base/clock.ts';
import type { Json } from '../protocol/claims.ts';

/** The last second that a JavaScript Date can tell, in the year 275760 (ECMA-262, Time Values). */
const lastSecond = 8_640_000_000_000;

/** RFC 7519 section 2, fractions allowed. What lies before 1970 or after the end of time is no date of a token. */
export function isNumericDate(value: Json | undefined): value is NumericDate {
  return typeof value === 'number' && value >= 0 && value <= lastSecond;
}
