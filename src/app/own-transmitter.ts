import type { Clock } from '../base/clock.ts';
import type { Config } from '../config/index.ts';
import type { HttpClient } from '../net/index.ts';
import type { Provider } from '../provider/index.ts';
import { createTransmitter, type StreamOptions, type Transmitter, transmittedEvents } from '../signals/index.ts';
import type { Store } from '../store/index.ts';
import { streamStore } from './signal-memory.ts';

interface Standing {
  readonly clock: Clock;
  readonly http: HttpClient;
  readonly store: Pick<Store, 'artifacts' | 'revocationLog'>;
  readonly provider: Provider;
}

/** Tells others of the revocations of our provider's tokens, signed by its keys. */
export function ownTransmitter(config: Config, { clock, http, store, provider }: Standing): Transmitter {
  return createTransmitter(streamOptions(config), {
    clock,
    http,
    log: store.revocationLog,
    streams: streamStore(store.artifacts),
    signer: provider.signer,
  });
}

export function streamOptions({ signals }: Config): readonly StreamOptions[] {
  return (signals?.transmit ?? []).map(({ name, endpoint, token, audience, events }) => ({
    name,
    endpoint,
    token: token?.reveal(),
    audience,
    events: new Set(events ?? transmittedEvents),
  }));
}
