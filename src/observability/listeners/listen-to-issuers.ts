import { issuerWarned, keySkipped, keysNotRefreshed, keysRefreshed } from '../../issuers/index.ts';
import { isoTime } from '../iso-time.ts';
import type { Listener } from './listener.ts';

export const listenToIssuers: Listener = (logger, metrics) => [
  keysRefreshed.listen(({ issuer, jwksUri, keys, changed }) => {
    metrics.keyFetches.inc({ issuer, outcome: 'ok' });
    metrics.keys.set({ issuer }, keys);
    logger[changed ? 'info' : 'debug']({ issuer, jwks_uri: jwksUri, keys, changed }, 'keys fetched');
  }),
  keysNotRefreshed.listen(({ issuer, failure, failures, usableUntil }) => {
    metrics.keyFetches.inc({ issuer, outcome: failure.code });
    const { code, title, remedy, facts } = failure;
    const serving = { usable_until: usableUntil === undefined ? undefined : isoTime(usableUntil) };
    logger[usableUntil === undefined ? 'error' : 'warn'](
      { issuer, code, title, remedy, facts, failures, ...serving },
      'keys not fetched',
    );
  }),
  keySkipped.listen(({ issuer, kid, reason }) => logger.warn({ issuer, kid, reason }, 'key skipped')),
  issuerWarned.listen(({ issuer, warning }) => logger.warn({ issuer, warning }, 'issuer warning')),
];
