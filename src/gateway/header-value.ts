import type { Json } from '../protocol/claims.ts';

/** Characters. A longer value is not sent at all: half of a value would be another value. */
const maxLength = 4096;

/**
 * A claim as the value of a header field: text as it is, several texts joined by commas, anything else as JSON.
 * UTF-8 bytes that are not visible ASCII, and `%` itself, are percent-encoded (RFC 3986 section 2.1); so are commas
 * inside the texts of a list. No claim can end the line, and every value can be decoded without doubt.
 *
 * @returns undefined where there is nothing to send
 */
export function headerValue(claim: Json | undefined): string | undefined {
  const value = encodeClaim(claim);
  return value === undefined || value === '' || value.length > maxLength ? undefined : value;
}

function encodeClaim(claim: Json | undefined): string | undefined {
  if (claim === undefined || claim === null) return undefined;
  if (typeof claim === 'object')
    return isListOfScalars(claim) ? encodeList(claim) : percentEncode(JSON.stringify(claim));
  return percentEncode(String(claim));
}

type Scalar = string | number | boolean;

function isListOfScalars(claim: Json): claim is readonly Scalar[] {
  return Array.isArray(claim) && claim.every((item) => item !== null && typeof item !== 'object');
}

function encodeList(items: readonly Scalar[]): string {
  return items.map((item) => percentEncode(String(item)).replaceAll(',', '%2C')).join(',');
}

/** A space within is visible enough; at the ends it would be trimmed (RFC 9110 section 5.5). */
function percentEncode(text: string): string {
  if (/^[\x21-\x24\x26-\x7e]*$/.test(text)) return text;
  return text.toWellFormed().replace(/^ | $|[^\x20-\x24\x26-\x7e]/gu, encodeURIComponent);
}
