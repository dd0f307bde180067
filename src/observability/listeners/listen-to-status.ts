import { statusListsFetched, statusListsNotFetched } from '../../status/index.ts';
import { isoTime } from '../iso-time.ts';
import type { Listener } from './listener.ts';

export const listenToStatus: Listener = (logger, metrics) => [
  statusListsFetched.listen(({ issuer, uri, entries, freshUntil }) => {
    metrics.statusListFetches.inc({ issuer, outcome: 'ok' });
    logger.debug({ issuer, uri, entries, fresh_until: isoTime(freshUntil) }, 'status list fetched');
  }),
  statusListsNotFetched.listen(({ issuer, uri, failure, failures, usableUntil }) => {
    metrics.statusListFetches.inc({ issuer, outcome: failure.code });
    const { code, title, remedy, facts } = failure;
    const serving = { usable_until: usableUntil === undefined ? undefined : isoTime(usableUntil) };
    logger[usableUntil === undefined ? 'error' : 'warn'](
      { issuer, uri, code, title, remedy, facts, failures, ...serving },
      'status list not fetched',
    );
  }),
];
