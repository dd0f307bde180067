import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ConsumerRates } from './consumer-rates.ts';

const rate = { requests: 2, per: 1000, burst: 3 };
const start = 1_790_000_000_000;

/** How many of so many requests at one moment are let in. */
function letIn(rates: ConsumerRates, count: number, now: number, who = 'web', api = 'orders', by = rate): number {
  let granted = 0;
  for (let i = 0; i < count; i++) {
    if (rates.wait(api, who, by, now) > 0) continue;
    rates.take(api, who, by, now);
    granted++;
  }
  return granted;
}

test('a burst is let in at once, and then as many as the rate says', () => {
  const rates = new ConsumerRates();
  assert.equal(letIn(rates, 10, start), 3);
  assert.equal(letIn(rates, 10, start + 499), 0);
  assert.equal(letIn(rates, 10, start + 500), 1);
  assert.equal(letIn(rates, 10, start + 1500), 2);
  assert.equal(letIn(rates, 10, start + 3_600_000), 3);
});

test('the wait is until there is one again', () => {
  const rates = new ConsumerRates();
  letIn(rates, 3, start);
  assert.equal(rates.wait('orders', 'web', rate, start), 500);
  assert.equal(Math.round(rates.wait('orders', 'web', rate, start + 400)), 100);
  assert.equal(rates.wait('orders', 'web', rate, start + 500), 0);
});

test('each consumer has a bucket for each API', () => {
  const rates = new ConsumerRates();
  assert.equal(letIn(rates, 9, start, 'web', 'orders'), 3);
  assert.equal(letIn(rates, 9, start, 'app', 'orders'), 3);
  assert.equal(letIn(rates, 9, start, 'web', 'bills'), 3);
  assert.equal(letIn(rates, 9, start, 'web', 'orders'), 0);
});

test('a rate that was changed counts from what is left', () => {
  const rates = new ConsumerRates();
  letIn(rates, 3, start);
  assert.equal(letIn(rates, 99, start, 'web', 'orders', { requests: 100, per: 1000, burst: 50 }), 0);
  assert.equal(letIn(rates, 99, start + 100, 'web', 'orders', { requests: 100, per: 1000, burst: 5 }), 5);
});

test('a clock that is set back fills nothing, and holds nobody up', () => {
  const rates = new ConsumerRates();
  letIn(rates, 3, start);
  assert.equal(letIn(rates, 9, start - 3_600_000), 0);
  assert.equal(letIn(rates, 9, start - 3_600_000 + 500), 1);
});

test('law: in any time, no more than the burst and what has filled since', () => {
  const request = fc.record({ after: fc.integer({ min: 0, max: 700 }), count: fc.integer({ min: 1, max: 4 }) });
  fc.assert(
    fc.property(fc.array(request, { maxLength: 30 }), (history) => {
      const rates = new ConsumerRates();
      let now = start;
      let granted = 0;
      for (const { after, count } of history) {
        now += after;
        granted += letIn(rates, count, now);
        assert.ok(granted <= rate.burst + ((now - start) * rate.requests) / rate.per + 1e-6);
      }
    }),
  );
});

test('what others have granted is missing here, and what they granted too much is filled up first', () => {
  const told: unknown[] = [];
  const rates = new ConsumerRates((...taking) => told.push(taking));
  assert.equal(letIn(rates, 1, start), 1);
  assert.deepEqual(told, [['orders', 'web', rate]]);
  rates.takeElsewhere({ api: 'orders', consumer: 'web', rate, count: 4 }, start);
  assert.deepEqual(told.length, 1);
  assert.equal(rates.wait('orders', 'web', rate, start), 1500);
  assert.equal(letIn(rates, 9, start + 1499), 0);
  assert.equal(letIn(rates, 9, start + 1500), 1);
});

test('law: gateways that tell each other late grant more at once, and no more in the long run', () => {
  const gateways = 3;
  const request = fc.record({ after: fc.integer({ min: 0, max: 700 }), at: fc.integer({ min: 0, max: gateways - 1 }) });
  const step = fc.oneof(request, fc.constant('tell' as const));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (history) => {
      const untold = Array.from({ length: gateways }, () => 0);
      const all = untold.map((_, index) => new ConsumerRates(() => untold[index]!++));
      const tell = (now: number): void => {
        untold.forEach((count, teller) => {
          untold[teller] = 0;
          const taking = { api: 'orders', consumer: 'web', rate, count };
          for (const [index, rates] of all.entries()) if (index !== teller) rates.takeElsewhere(taking, now);
        });
      };
      let now = start;
      let granted = 0;
      const allowed = (): number => rate.burst + ((now - start) * rate.requests) / rate.per;
      for (const each of history) {
        if (each === 'tell') tell(now);
        else {
          now += each.after;
          granted += letIn(all[each.at]!, 1, now);
        }
        assert.ok(granted <= gateways * allowed() + 1e-6);
      }
      // Once all is told, nothing more is granted before it has been made up for.
      tell(now);
      const owed = Math.max(0, granted - allowed());
      now += (owed * rate.per) / rate.requests - 1;
      if (owed > 1) for (const rates of all) assert.equal(letIn(rates, 1, now), 0);
    }),
  );
});
