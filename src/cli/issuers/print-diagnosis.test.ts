import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DiagnosisStep, IssuerDiagnosis } from '../../issuers/index.ts';
import { printDiagnosis } from './print-diagnosis.ts';

function step(name: DiagnosisStep['step'], more: Partial<DiagnosisStep> = {}): DiagnosisStep {
  return { step: name, outcome: 'passed', seen: [], notices: [], failure: undefined, ...more };
}

function diagnosis(ok: boolean, ...steps: readonly DiagnosisStep[]): IssuerDiagnosis {
  return { ok, steps, found: undefined };
}

test('steps are told in order, a failure with its facts and its remedy, and what was not reached', () => {
  const failure = {
    code: 'tls_expired',
    title: 'The certificate has expired.',
    remedy: 'Renew it.',
    facts: { code: 'CERT_HAS_EXPIRED', server: null },
  } as const;
  const text = printDiagnosis(
    diagnosis(
      false,
      step('name', { seen: ['fs.acme.example'] }),
      step('connect', { outcome: 'failed', failure }),
      step('key_set', { outcome: 'not reached' }),
    ),
  );
  assert.equal(
    text,
    `✓ name       fs.acme.example
✗ connect    tls_expired: The certificate has expired.
               code: CERT_HAS_EXPIRED
             remedy: Renew it.
· key set    (not reached)

failed: connect, tls_expired.
`,
  );
});

test('what will surprise is told below what was seen', () => {
  const notice = {
    code: 'keys_without_kid',
    title: 'Keys have no `kid`.',
    remedy: 'Nothing.',
    facts: { keys: 2 },
  } as const;
  const text = printDiagnosis(diagnosis(true, step('keys', { seen: ['(no kid)  P-256  ES256'], notices: [notice] })));
  assert.equal(
    text,
    `✓ keys       (no kid)  P-256  ES256
             notice: Keys have no \`kid\`.
               keys: 2
               remedy: Nothing.

passed: this issuer can be configured.
`,
  );
});

test('nothing that an issuer sends steers the terminal or floods it', () => {
  const evil = '\u001b]0;owned\u0007\u202e\r\n';
  const facts = { actual: evil.repeat(1000), [evil]: [evil], nested: { deep: evil } };
  const failure = {
    code: 'discovery_issuer_mismatch',
    title: 'Another issuer.',
    remedy: 'Correct it.',
    facts,
  } as const;
  const notice = { code: 'keys_weak', title: 'Weak.', remedy: 'None.', facts: { kids: [evil, evil] } } as const;
  const text = printDiagnosis(
    diagnosis(false, step('name', { seen: [evil] }), step('issuer', { outcome: 'failed', failure, notices: [notice] })),
  );
  assert.ok(!/[\p{Cc}\p{Cf}]/u.test(text.replaceAll('\n', '')));
  assert.ok(text.length < 6_000, `${text.length} characters`);
  assert.equal(text.split('\n').length, 12);
});
