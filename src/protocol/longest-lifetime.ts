/**
 * Five years, in seconds: no token that says so may live for longer, whatever its issuer is allowed. So it is known for
 * how long a revocation has to be kept.
 */
export const longestLifetimeSeconds = 5 * 365 * 24 * 60 * 60;
