import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printExplanation } from './print-explanation.ts';

test('an explanation is printed check by check, with the verdict and the remedy', () => {
  const text = printExplanation({
    api: 'orders',
    granted: false,
    steps: [
      { check: 'structure', outcome: 'passed', facts: { form: 'JWS compact', length: 300 } },
      { check: 'key', outcome: 'failed', facts: { kid: 'k9', accepted: ['a', 'b'] } },
      { check: 'signature', outcome: 'not reached', facts: {} },
    ],
    rejection: { code: 'key_unknown', status: 401, title: 'No key.', remedy: 'Look.', facts: {} },
  });
  assert.equal(
    text,
    `✓ structure
    form: JWS compact
    length: 300
✗ key
    kid: k9
    accepted: ["a","b"]
· signature (not reached)

refused: key_unknown (HTTP 401). No key.
remedy:  Look.
`,
  );
});
