import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printReceipt } from './print-receipt.ts';
import type { GatewayStanding } from './revocation-answers.ts';

const applied = { name: 'gate-1', state: 'applied', after_ms: 3.2, silent_ms: 8 } as const;
const silent = { name: 'edge-berlin', state: 'silent', silent_ms: 61_500 } as const;
const pending = { name: 'gate-2', state: 'pending', silent_ms: 310 } as const;

function print(complete: boolean, ...gateways: readonly GatewayStanding[]): string {
  return printReceipt({ complete, waited_ms: 5000.4, gateways });
}

test('each gateway is told with what it has done, and what that comes to', () => {
  assert.equal(
    print(true, applied, silent),
    `  gate-1       applied after 3.2 ms
  edge-berlin  silent for 61.5 s: it refuses by itself until it has caught up
complete: applied on 1 of 2 gateways, 1 silent, after 5 s
`,
  );
});

test('a gateway that may still let in what was revoked makes it incomplete, and it is said what to do', () => {
  const text = print(false, applied, pending);
  assert.match(text, /\n {2}gate-2 {2}pending, last heard of 310 ms ago: it may still let in what was revoked\n/);
  assert.match(
    text,
    /\nincomplete: applied on 1 of 2 gateways, 1 pending, after 5 s\. The revocation is durable.*Remedy: /,
  );
});

test('where gateways may be missing from the list, that is told as such', () => {
  assert.match(print(false, applied), /\nincomplete: applied on 1 of 1 gateway, after 5 s\. The list .* Remedy: /);
});

test('where no gateway is there, there is none to wait for', () => {
  assert.equal(print(true), 'complete: no gateway is there\n');
});

test('no name steers the terminal', () => {
  assert.ok(!print(true, { ...applied, name: 'a\u001b[2J\u202e\nb' }).includes('\u001b'));
});
