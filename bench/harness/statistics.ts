export interface Summary {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Of an even number of values, the mean of the two in the middle. @throws RangeError where there are none */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * Between two values, in proportion.
 *
 * @param share from 0, the lowest, to 1, the highest
 * @throws RangeError where there are no values
 */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('no values');
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}

/** @throws RangeError where there are no values */
export function summarise(values: readonly number[]): Summary {
  return { median: median(values), lowest: quantile(values, 0), highest: quantile(values, 1) };
}
