import { Counter, Histogram } from 'prom-client';

/*
 * prom-client finds the place of a count by its labels, anew for each count. For what every request counts that is more
 * work than the rest of the count; so there a place is asked for once, and then kept by whoever counts.
 */

interface Description<Label extends string> {
  /** With the prefix of all our metrics. */
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
}

type Labels<Label extends string> = Readonly<Record<Label, string>>;

export interface CounterPlace {
  value: number;
}

/** A counter that is counted by its places alone. */
export class PlacedCounter<Label extends string> extends Counter<Label> {
  readonly #description: Description<Label>;
  readonly #places: (CounterPlace & { readonly labels: Labels<Label> })[] = [];

  constructor(description: Description<Label>) {
    super({ ...description, registers: [] });
    this.#description = description;
  }

  place(labels: Labels<Label>): CounterPlace {
    const place = { labels, value: 0 };
    this.#places.push(place);
    return place;
  }

  override async get(): ReturnType<Counter<Label>['get']> {
    const { name, help } = this.#description;
    const values = this.#places.map(({ labels, value }) => ({ labels: { ...labels }, value }));
    return { ...(await super.get()), name, help, values };
  }
}

export class HistogramPlace {
  readonly #bounds: readonly number[];
  /** One for each bound, and one for what lies above all of them; not cumulative. */
  readonly counts: Float64Array;
  sum = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    const bounds = this.#bounds;
    let i = 0;
    while (i < bounds.length && value > (bounds[i] ?? 0)) i++;
    this.counts[i] = (this.counts[i] ?? 0) + 1;
    this.sum += value;
  }
}

interface Placed<Label extends string> {
  readonly labels: Labels<Label>;
  readonly place: HistogramPlace;
}

/** A histogram that is counted by its places alone. */
export class PlacedHistogram<Label extends string> extends Histogram<Label> {
  readonly #description: Description<Label>;
  readonly #bounds: readonly number[];
  readonly #places: Placed<Label>[] = [];

  /** @param bounds upper ones, ascending */
  constructor(description: Description<Label>, bounds: readonly number[]) {
    super({ ...description, buckets: [...bounds], registers: [] });
    this.#description = description;
    this.#bounds = bounds;
  }

  place(labels: Labels<Label>): HistogramPlace {
    const place = new HistogramPlace(this.#bounds);
    this.#places.push({ labels, place });
    return place;
  }

  /** Whence prom-client has both its text and its `get`, though its declarations do not tell. */
  async getForPromString() {
    const { name, help } = this.#description;
    const values = this.#places.flatMap((each) => this.#valuesOf(each));
    return { name, help, type: 'histogram', aggregator: 'sum', values };
  }

  #valuesOf({ labels, place }: Placed<Label>) {
    const { name } = this.#description;
    const value = (suffix: string, own: object, count: number) => ({
      metricName: `${name}_${suffix}`,
      labels: own,
      sharedLabels: { ...labels },
      value: count,
    });
    let below = 0;
    const buckets = [...place.counts].map((count, i) => {
      below += count;
      return value('bucket', { le: this.#bounds[i] ?? '+Inf' }, below);
    });
    return [...buckets, value('sum', {}, place.sum), value('count', {}, below)];
  }
}
