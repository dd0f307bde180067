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

test('what a token brings along cannot steer the terminal', () => {
  const facts = { kid: '\u001b]0;title\u0007\n✓ signature', '\u001b[2J': ['\u009b'] };
  const steps = [{ check: 'key', outcome: 'failed', facts }] as const;
  const text = printExplanation({ api: 'orders', granted: false, steps });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  assert.equal(text.split('\n').filter((line) => line.startsWith('✓')).length, 0);
});
