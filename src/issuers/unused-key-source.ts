import type { KeySource } from './key-source.ts';

/** For an issuer of which no JWT can be verified here: it has no keys, and asks for none. */
export const unusedKeySource: KeySource = Object.freeze({
  current: () => undefined,
  refresh: () => Promise.resolve(undefined),
  health: () => ({
    state: 'unused' as const,
    discovery: undefined,
    jwksUri: undefined,
    lastSuccess: undefined,
    lastAttempt: undefined,
    nextFetch: undefined,
    usableUntil: undefined,
    keys: [],
    skipped: [],
    failure: undefined,
    clockWarning: undefined,
    warnings: [],
  }),
});
