import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import type { RateTaking } from '../access/index.ts';
import { tellRates } from './tell-rates.ts';

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
});

const [web, app] = [
  { requests: 2, per: 1000, burst: 3 },
  { requests: 2, per: 1000, burst: 3 },
];

test('what was counted within a moment is told in one go, by consumer and API', () => {
  const told: (readonly RateTaking[])[] = [];
  const onTaken = tellRates((takings) => told.push(takings));
  onTaken('orders', 'web', web);
  onTaken('orders', 'web', web);
  onTaken('bills', 'web', web);
  onTaken('orders', 'app', app);
  assert.deepEqual(told, []);
  mock.timers.tick(20);
  assert.deepEqual(told, [
    [
      { api: 'orders', consumer: 'web', rate: web, count: 2 },
      { api: 'bills', consumer: 'web', rate: web, count: 1 },
      { api: 'orders', consumer: 'app', rate: app, count: 1 },
    ],
  ]);
});

test('nothing is told where nothing was counted since', () => {
  const told: (readonly RateTaking[])[] = [];
  const onTaken = tellRates((takings) => told.push(takings));
  onTaken('orders', 'web', web);
  mock.timers.tick(20);
  mock.timers.tick(1000);
  assert.equal(told.length, 1);
  onTaken('orders', 'web', web);
  mock.timers.tick(20);
  assert.deepEqual(told[1], [{ api: 'orders', consumer: 'web', rate: web, count: 1 }]);
});
