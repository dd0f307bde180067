import type { ConsumerRate, OnRateTaken, RateTaking } from '../access/index.ts';

/** Milliseconds for which requests are counted before the other workers are told of them. */
const tellEvery = 20;

/** Counts what is granted, and tells it a little later: a decision waits for nobody. */
export function tellRates(tell: (takings: readonly RateTaking[]) => void): OnRateTaken {
  let counts = new Map<ConsumerRate, Map<string, { consumer: string; count: number }>>();
  function tellAll(): void {
    const takings = [...counts].flatMap(([rate, apis]) =>
      [...apis].map(([api, { consumer, count }]) => ({ api, consumer, rate, count })),
    );
    counts = new Map();
    tell(takings);
  }
  return (api, consumer, rate) => {
    const apis = counts.get(rate) ?? new Map<string, { consumer: string; count: number }>();
    if (counts.size === 0) setTimeout(tellAll, tellEvery).unref();
    const counted = apis.get(api) ?? { consumer, count: 0 };
    counted.count++;
    counts.set(rate, apis.set(api, counted));
  };
}
