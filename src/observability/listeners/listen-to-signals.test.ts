import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pollFailed, revocationTold, revocationUntold, signalRefused, signalTaken } from '../../signals/index.ts';
import { createObservability } from '../create-observability.ts';

const taken = {
  receiver: 'acme',
  path: 'push',
  event: 'session-revoked',
  type: 'urn:x',
  jti: 'j',
  entries: 1,
} as const;

test('signals are counted by receiver, event and outcome, and those that did nothing are warned of', async (t) => {
  let text = '';
  const { metrics, stop } = createObservability({ level: 'info' }, { stream: { write: (line) => (text += line) } });
  t.after(stop);
  signalTaken.announce({ ...taken, outcome: 'revoked', reason: 'session-revoked' });
  signalTaken.announce({ ...taken, outcome: 'repeated', reason: '' });
  signalTaken.announce({ ...taken, event: 'unknown', outcome: 'unknown', entries: 0, reason: 'unknown' });
  signalTaken.announce({ ...taken, outcome: 'expired', entries: 0, reason: 'session-revoked' });
  const refusal = { code: 'issuer_not_trusted', facts: { iss: 'https://evil.example' } } as const;
  signalRefused.announce({ receiver: 'acme', path: 'push', refusal, address: '192.0.2.1' });
  const unavailable = { code: 'store_unavailable', facts: {} } as const;
  signalRefused.announce({ receiver: 'acme', path: 'push', refusal: unavailable, address: '192.0.2.1' });
  pollFailed.announce({ receiver: 'acme', code: 'timeout', facts: {}, failures: 3 });
  revocationTold.announce({ stream: 'ledger', seq: 7, kind: 'jti' });
  revocationUntold.announce({ stream: 'ledger', seq: 8, kind: 'jti', code: 'invalid_request', facts: {} });

  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(
    lines.map(({ level, outcome, code }) => [level, outcome ?? code]),
    [
      ['info', 'revoked'],
      ['warn', 'unknown'],
      ['warn', 'expired'],
      ['warn', 'issuer_not_trusted'],
      ['error', 'store_unavailable'],
      ['warn', 'timeout'],
      ['error', 'invalid_request'],
    ],
  );
  const [, , , refused] = lines;
  assert.deepEqual([refused?.['address'], refused?.['facts']], ['192.0.2.1', { iss: 'https://evil.example' }]);
  assert.match(String(refused?.['remedy']), /letter by letter/);

  const series = (await metrics()).split('\n').filter((line) => /^gatehouse_(signal|revocations_told)/.test(line));
  assert.deepEqual(series.toSorted(), [
    'gatehouse_revocations_told_total{stream="ledger",outcome="refused"} 1',
    'gatehouse_revocations_told_total{stream="ledger",outcome="told"} 1',
    'gatehouse_signal_poll_failures_total{receiver="acme"} 1',
    'gatehouse_signals_total{receiver="acme",type="none",outcome="issuer_not_trusted"} 1',
    'gatehouse_signals_total{receiver="acme",type="none",outcome="store_unavailable"} 1',
    'gatehouse_signals_total{receiver="acme",type="session-revoked",outcome="expired"} 1',
    'gatehouse_signals_total{receiver="acme",type="session-revoked",outcome="repeated"} 1',
    'gatehouse_signals_total{receiver="acme",type="session-revoked",outcome="revoked"} 1',
    'gatehouse_signals_total{receiver="acme",type="unknown",outcome="unknown"} 1',
  ]);
});
