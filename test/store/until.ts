import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

/** Waits for what comes to pass by itself. */
export async function until(condition: () => unknown, what = 'it', withinMs = 20_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    assert.ok(performance.now() < deadline, `${what} did not come to pass within ${withinMs} ms`);
    await delay(5);
  }
}
