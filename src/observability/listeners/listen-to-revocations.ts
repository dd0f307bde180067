import { staleServed } from '../../access/index.ts';
import {
  presenceUnreported,
  type Revocation,
  receiptGiven,
  revocationLogUnreadable,
  revocationsAppended,
  revocationsApplied,
} from '../../revocation/index.ts';
import type { Listener } from './listener.ts';

export const listenToRevocations: Listener = (logger, metrics) => [
  revocationsAppended.listen(({ entries }) => {
    for (const entry of entries) {
      metrics.revocationsMade.inc({ kind: entry.kind });
      logger.info(describe(entry), 'revoked');
    }
  }),
  revocationsApplied.listen(({ entries, at, initial }) => {
    for (const entry of entries) {
      metrics.revocationsApplied.inc({ kind: entry.kind });
      // Clocks of two machines may differ: a revocation from the future has arrived at once.
      if (!initial) metrics.revocationLag.observe(Math.max(0, at - entry.at) / 1000);
    }
    const last = entries.at(-1);
    if (last !== undefined) metrics.revocationSeq.set(last.seq);
  }),
  revocationLogUnreadable.listen(({ error }) => {
    metrics.revocationFailures.inc();
    logger.error({ error }, 'revocation log unreadable');
  }),
  staleServed.listen(({ api }) => metrics.staleServed.inc({ api })),
  presenceUnreported.listen(({ error }) => {
    metrics.presenceFailures.inc();
    logger.error({ error }, 'could not say that this gateway is there');
  }),
  receiptGiven.listen(({ complete, gateways }) => {
    metrics.revocationReceipts.inc({ complete: String(complete) });
    for (const { afterMs } of gateways) if (afterMs !== undefined) metrics.revocationSpread.observe(afterMs / 1000);
  }),
];

function describe({ seq, issuer, kind, value, client, before, reason, actor }: Revocation): object {
  return { seq, issuer, kind, value, client, before, reason, actor };
}
