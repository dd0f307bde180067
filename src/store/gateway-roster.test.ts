import { gatewayRosterContract } from '../../test/contract/gateway-roster.ts';
import { engines } from '../../test/store/engines.ts';

for (const engine of engines) {
  gatewayRosterContract(`the roster of gateways in ${engine.name}`, async () => {
    const { store, another, close } = await engine.open();
    return { roster: store.gatewayRoster, another: async () => (await another()).gatewayRoster, close };
  });
}
