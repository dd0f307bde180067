/**
 * What looks like a secret, wherever it stands in a text. Every pattern is linear in the length of the text.
 * A `{` followed by `"` or white space begins with `ey` or `ew` in base64url: that is how a JWT is recognised.
 */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/eyJ[\w-]{8,}(?:\.[\w-]*)*/g, '[jwt]'],
  [/(?<![\w-])e[wy][\w-]{16,}(?:\.[\w-]*)+/g, '[jwt]'],
  [/gh([a-z])_\w{8,}/g, 'gh$1_[redacted]'],
  [/\b(Bearer|DPoP|Basic)(?:\s|\\[tnr])+[\w.~+/=-]{6,}/gi, '$1 [redacted]'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-"\\]|\\.)*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g, '[private key]'],
  [/\$scrypt\$[^\s"\\]+/g, '[password hash]'],
  [/(:\/\/)[^/\s@"\\]+@/g, '$1[redacted]@'],
  [
    /([?&](?:[\w-]*token|[\w-]*secret|client_assertion|assertion|code|code_verifier|password)=)[^&\s"\\#]+/gi,
    '$1[redacted]',
  ],
];

/** What every pattern has in it. Most lines have nothing of it, and need no second look. */
const suspicious = /e[wy][\w-]{9}|gh[a-z]_|-----BEGIN|\$scrypt\$|[\s\\@?&]/;

/**
 * Masks tokens, keys and credentials inside any text, for instance an error message of somebody else's making.
 * The text may be JSON and stays so: no pattern ends within an escape or reaches over a quote.
 */
export function maskSecrets(text: string): string {
  if (!suspicious.test(text)) return text;
  let masked = text;
  for (const [pattern, replacement] of patterns) masked = masked.replace(pattern, replacement);
  return masked;
}
