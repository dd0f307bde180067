import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ProgramMetrics } from './program-metrics.ts';

/** The metrics of one process: requests, what they took, and the last entry it has applied. */
async function values(requests: number, seq: number) {
  const registers = [new Registry()];
  new Counter({ name: 'requests', help: 'r', labelNames: ['api'], registers }).inc({ api: 'orders' }, requests);
  const duration = new Histogram({ name: 'duration', help: 'd', buckets: [1], registers });
  for (let n = 0; n < requests; n++) duration.observe(0.5);
  new Gauge({ name: 'seq', help: 's', aggregator: 'min', registers }).set(seq);
  return (registers[0] as Registry).getMetricsAsJSON();
}

test('counters and histograms are sums, and a gauge is what it says of itself', async () => {
  const metrics = new ProgramMetrics();
  metrics.update({}, await values(2, 7));
  metrics.update({}, await values(3, 5));
  const text = await metrics.text();
  assert.match(text, /^requests\{api="orders"\} 5$/m);
  assert.match(text, /^duration_bucket\{le="1"\} 5$/m);
  assert.match(text, /^duration_sum 2.5$/m);
  assert.match(text, /^seq 5$/m);
});

test('what a process has counted stays when it ends, and what was its state does not', async () => {
  const metrics = new ProgramMetrics();
  const [first, second, third] = [{}, {}, {}];
  metrics.update(first, await values(2, 1));
  metrics.update(second, await values(3, 2));
  metrics.update(third, await values(4, 9));
  metrics.end(first);
  metrics.end(second);
  metrics.end({});
  const text = await metrics.text();
  assert.match(text, /^requests\{api="orders"\} 9$/m);
  assert.match(text, /^duration_count 9$/m);
  assert.match(text, /^seq 9$/m);
});

test('an update takes the place of the one before', async () => {
  const metrics = new ProgramMetrics();
  const process = {};
  metrics.update(process, await values(2, 1));
  metrics.update(process, await values(3, 4));
  assert.match(await metrics.text(), /^requests\{api="orders"\} 3$/m);
});
