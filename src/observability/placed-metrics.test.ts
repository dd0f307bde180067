import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AggregatorRegistry, Counter, Histogram, Registry } from 'prom-client';
import { PlacedCounter, PlacedHistogram } from './placed-metrics.ts';

const description = { name: 'gatehouse_x', help: 'What it is.', labelNames: ['api'] as const };
const bounds = [0.1, 0.5, 2];
const api = fc.constantFrom('orders', 'stock');

/** What one process shows, and what two such processes show together. */
async function shown(registry: Registry): Promise<readonly string[]> {
  const values = await registry.getMetricsAsJSON();
  return [await registry.metrics(), await AggregatorRegistry.aggregate([values, values]).metrics()];
}

function inOrderOfLabels(texts: readonly string[]): readonly string[][] {
  return texts.map((text) => text.split('\n').sort());
}

test('a placed counter shows what a counter shows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(api, fc.nat())), async (counts) => {
      const [plain, placed] = [new Registry(), new Registry()];
      const counter = new Counter({ ...description, registers: [plain] });
      const places = new PlacedCounter(description);
      placed.registerMetric(places);
      const placeOf = new Map<string, { value: number }>();
      for (const [label, count] of counts) {
        counter.inc({ api: label }, count);
        const place = placeOf.get(label) ?? places.place({ api: label });
        placeOf.set(label, place);
        place.value += count;
      }
      assert.deepEqual(inOrderOfLabels(await shown(placed)), inOrderOfLabels(await shown(plain)));
    }),
  );
});

test('a placed histogram shows what a histogram shows', async () => {
  const value = fc.oneof(fc.constantFrom(...bounds), fc.double({ min: 0, max: 10, noNaN: true }));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(api, value)), async (observations) => {
      const [plain, placed] = [new Registry(), new Registry()];
      const histogram = new Histogram({ ...description, buckets: bounds, registers: [plain] });
      const places = new PlacedHistogram(description, bounds);
      placed.registerMetric(places);
      const placeOf = new Map<string, ReturnType<typeof places.place>>();
      for (const [label, seconds] of observations) {
        histogram.observe({ api: label }, seconds);
        const place = placeOf.get(label) ?? places.place({ api: label });
        placeOf.set(label, place);
        place.observe(seconds);
      }
      assert.deepEqual(inOrderOfLabels(await shown(placed)), inOrderOfLabels(await shown(plain)));
    }),
  );
});
