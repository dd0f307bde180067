import { addressBlocks } from '../base/address-blocks.ts';
import { longestPoll } from '../config/index.ts';
import { IssuerRegistry } from '../issuers/index.ts';
import { createSignals, type SignalsOptions } from '../signals/index.ts';
import type { House } from './assemble.ts';
import { httpListener, type Listener } from './listeners.ts';
import { outboundClient } from './outbound.ts';
import { signalMemory } from './signal-memory.ts';
import { signalReceivers, transmitterKeys } from './signal-receivers.ts';

/** Where signals arrive; the same role polls for them, and tells others of ours. */
export function signalsListener(house: House): Listener | undefined {
  const { clock, http, store, revocations, provider, transmitter } = house;
  const { config } = house.generation();
  if (config.signals === undefined) return undefined;
  const patient = outboundClient(config, longestPoll);
  let keys = new IssuerRegistry(transmitterKeys(config), { http, clock });
  const options = (): SignalsOptions => {
    const generation = house.generation();
    const trustedProxies = addressBlocks(generation.config.signals?.trustedProxies ?? []);
    return { receivers: signalReceivers(generation, keys), trustedProxies };
  };
  const signals = createSignals(options(), {
    clock,
    http: patient,
    memory: signalMemory(store.artifacts),
    effects: {
      revoke: (entries) => revocations.revoke(entries),
      endSignIns: async (ended) => provider?.endSignIns(ended),
    },
  });
  const inner = httpListener(signals.handler, config.signals.listen, 'signals.listen');
  return {
    async open() {
      keys.start();
      await inner.open();
      signals.start();
      transmitter?.start();
    },
    reload() {
      keys = new IssuerRegistry(transmitterKeys(house.generation().config), { http, clock }, keys);
      keys.start();
      void signals.reload(options());
    },
    async close(drainMs) {
      await Promise.all([signals.stop(), transmitter?.stop(), inner.close(drainMs)]);
      keys.stop();
      await patient.close();
    },
  };
}
