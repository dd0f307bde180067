import {
  gracesGiven,
  introspectionCircuits,
  introspectionsFailed,
  tokenLookups,
  tokensIntrospected,
} from '../../opaque/index.ts';
import type { Listener } from './listener.ts';

/** The gateway's line says why a store could not be asked; here it is only counted. */
export const listenToOpaque: Listener = (logger, metrics) => [
  tokenLookups.listen(({ issuerName, outcome }) => metrics.opaqueLookups.inc({ issuer: issuerName, outcome })),
  tokensIntrospected.listen(({ issuerName: issuer, outcome, duration }) => {
    metrics.introspections.inc({ issuer, outcome });
    if (duration !== undefined) metrics.introspectionDuration.observe({ issuer }, duration / 1000);
  }),
  introspectionsFailed.listen(({ issuerName: issuer, endpoint, failure, failures }) => {
    const { code, title, remedy, facts } = failure;
    const level = needsOperator.has(code) ? 'error' : 'warn';
    logger[level]({ issuer, endpoint, code, title, remedy, facts, failures }, 'introspection failed');
  }),
  introspectionCircuits.listen(({ issuerName: issuer, endpoint, open }) => {
    metrics.introspectionOpen.set({ issuer }, open ? 1 : 0);
    if (open) logger.error({ issuer, endpoint }, 'issuer left alone for a while: it keeps failing');
    else logger.info({ issuer, endpoint }, 'issuer answers again');
  }),
  gracesGiven.listen(({ issuerName: issuer }) => metrics.graces.inc({ issuer })),
];

/** These do not pass by themselves. */
const needsOperator: ReadonlySet<string> = new Set([
  'credentials_refused',
  'status_unexpected',
  'answer_malformed',
  'answer_not_signed',
  'answer_not_trusted',
  'not_json',
  'json_unsafe',
  'answer_encoded',
  'redirect',
]);
