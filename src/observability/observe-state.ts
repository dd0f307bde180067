import { type Aggregator, Gauge, type Registry } from 'prom-client';

/** What is no event but a state: asked for whenever the metrics are. */
export interface ProcessState {
  /** Tokens in the memory of decisions. */
  readonly rememberedTokens?: (() => number) | undefined;
  /** Entries of the revocation index. */
  readonly revocations?: (() => number) | undefined;
  /** Milliseconds since this process last saw the end of the revocation log. */
  readonly revocationStalenessMs?: (() => number) | undefined;
  /** Gateway workers that serve. */
  readonly workers?: (() => number) | undefined;
}

export function observeState(registry: Registry, state: ProcessState): void {
  const { rememberedTokens, revocations, revocationStalenessMs, workers } = state;
  observe(registry, 'remembered_tokens', 'Tokens whose verification is remembered.', 'sum', rememberedTokens);
  observe(registry, 'revocation_entries', 'Entries of the revocation index.', 'max', revocations);
  observe(
    registry,
    'revocation_staleness_seconds',
    'Since this process last saw the end of the revocation log.',
    'max',
    revocationStalenessMs && (() => revocationStalenessMs() / 1000),
  );
  observe(registry, 'workers', 'Gateway workers that serve.', 'sum', workers);
}

/** @param aggregator what several processes together have */
function observe(
  registry: Registry,
  name: string,
  help: string,
  aggregator: Aggregator,
  read: (() => number) | undefined,
): void {
  if (read === undefined) return;
  new Gauge({
    name: `gatehouse_${name}`,
    help,
    registers: [registry],
    aggregator,
    collect() {
      this.set(read());
    },
  });
}
