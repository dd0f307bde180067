import { tokenLookups } from '../../opaque/index.ts';
import type { Listener } from './listener.ts';

/** The gateway's line says why a store could not be asked; here it is only counted. */
export const listenToOpaque: Listener = (_logger, metrics) => [
  tokenLookups.listen(({ issuerName, outcome }) => metrics.opaqueLookups.inc({ issuer: issuerName, outcome })),
];
