/** RFC 6749 section 3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ) */
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

export function isScopeToken(value: string): boolean {
  return scopeToken.test(value);
}

/**
 * Splits a `scope` value (RFC 6749 section 3.3: tokens delimited by single spaces).
 *
 * @returns undefined where the value is not of that form
 */
export function parseScope(value: string): readonly string[] | undefined {
  if (value === '') return [];
  const tokens = value.split(' ');
  return tokens.every(isScopeToken) ? tokens : undefined;
}
