import { Gauge, type Registry } from 'prom-client';

/** What is no event but a state: asked for whenever the metrics are. */
export interface ProcessState {
  /** Tokens in the memory of decisions. */
  readonly rememberedTokens?: (() => number) | undefined;
  /** Entries of the revocation index. */
  readonly revocations?: (() => number) | undefined;
  /** Milliseconds since this process last saw the end of the revocation log. */
  readonly revocationStalenessMs?: (() => number) | undefined;
}

export function observeState(registry: Registry, state: ProcessState): void {
  const { rememberedTokens, revocations, revocationStalenessMs } = state;
  observe(registry, 'remembered_tokens', 'Tokens whose verification is remembered.', rememberedTokens);
  observe(registry, 'revocation_entries', 'Entries of the revocation index.', revocations);
  observe(
    registry,
    'revocation_staleness_seconds',
    'Since this process last saw the end of the revocation log.',
    revocationStalenessMs && (() => revocationStalenessMs() / 1000),
  );
}

function observe(registry: Registry, name: string, help: string, read: (() => number) | undefined): void {
  if (read === undefined) return;
  new Gauge({
    name: `gatehouse_${name}`,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
