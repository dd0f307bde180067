import { AggregatorRegistry, type Registry } from 'prom-client';

/** The metrics of one process, as they can be sent. */
export type MetricValues = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/**
 * The metrics of several processes as those of one program. Counters and histograms are sums, also over processes that
 * have ended: a sum that shrinks would pass for a restart. Of a gauge it is what the table of metrics says.
 */
export class ProgramMetrics {
  readonly #current = new Map<object, MetricValues>();
  #ended: Promise<MetricValues> = Promise.resolve([]);

  /** @param process tells one from the other */
  update(process: object, values: MetricValues): void {
    this.#current.set(process, values);
  }

  /** What a process has counted since its last update is lost with it. */
  end(process: object): void {
    const counted = (this.#current.get(process) ?? []).filter(isSum);
    this.#current.delete(process);
    this.#ended = this.#ended.then((ended) => sumOf([ended, counted]).getMetricsAsJSON());
  }

  /** In the Prometheus text format. */
  async text(): Promise<string> {
    return sumOf([...this.#current.values(), await this.#ended]).metrics();
  }
}

function sumOf(processes: readonly MetricValues[]): Registry {
  return AggregatorRegistry.aggregate([...processes]);
}

/** The type is a word, whatever the declarations of prom-client say. */
function isSum({ type }: { readonly type: unknown }): boolean {
  return type === 'counter' || type === 'histogram';
}
