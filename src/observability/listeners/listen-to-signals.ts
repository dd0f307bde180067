import {
  pollFailed,
  revocationTold,
  revocationUntold,
  signalRefusalKind,
  signalRefused,
  signalsFailed,
  signalTaken,
  streamFailed,
  streamVerified,
} from '../../signals/index.ts';
import type { Listener } from './listener.ts';

/** What of a signal an operator is to see: all that did not do what its sender may think it did. */
const levels = { revoked: 'info', noted: 'info', repeated: 'debug', expired: 'warn', unknown: 'warn' } as const;

export const listenToSignals: Listener = (logger, metrics) => [
  signalTaken.listen(({ receiver, path, event, type, outcome, jti, entries, reason }) => {
    metrics.signals.inc({ receiver, type: event, outcome });
    logger[levels[outcome]]({ receiver, path, event, type, outcome, jti, entries, reason }, 'signal taken');
  }),
  signalRefused.listen(({ receiver, path, refusal, address }) => {
    const { code, facts } = refusal;
    const { remedy, err } = signalRefusalKind(refusal);
    metrics.signals.inc({ receiver, type: 'none', outcome: code });
    logger[err === undefined ? 'error' : 'warn']({ receiver, path, address, code, facts, remedy }, 'signal refused');
  }),
  pollFailed.listen(({ receiver, code, facts, failures }) => {
    metrics.pollFailures.inc({ receiver });
    logger.warn({ receiver, code, facts, failures }, 'signals could not be fetched');
  }),
  revocationTold.listen(({ stream, seq, kind }) => {
    metrics.revocationsTold.inc({ stream, outcome: 'told' });
    logger.debug({ stream, seq, kind }, 'revocation told');
  }),
  revocationUntold.listen(({ stream, seq, kind, code, facts }) => {
    metrics.revocationsTold.inc({ stream, outcome: 'refused' });
    logger.error({ stream, seq, kind, code, facts }, 'revocation refused by a receiver: it will not be told again');
  }),
  streamFailed.listen(({ stream, seq, code, facts, failures, pause }) => {
    metrics.revocationsTold.inc({ stream, outcome: 'failed' });
    logger.warn({ stream, seq, code, facts, failures, retry_after_ms: pause }, 'receiver could not be told');
  }),
  streamVerified.listen(({ stream }) => logger.info({ stream }, 'stream verified')),
  signalsFailed.listen(({ where, error }) => {
    metrics.failures.inc({ module: 'signals' });
    logger.error({ where, error }, 'signals failed');
  }),
];
