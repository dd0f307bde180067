/** Five years, in seconds: no token that says for how long it lives may live for longer, whatever its issuer is allowed. */
export const longestLifetimeSeconds = 5 * 365 * 24 * 60 * 60;
