import { type GatewayRoster, writePosition } from '../revocation/index.ts';
import type { Hub } from './hub.ts';

/** Reports to the roster by way of the hub, so that receipts count this gateway like those that have the database. */
export function hubRoster(hub: Hub): Pick<GatewayRoster, 'report' | 'withdraw'> {
  return {
    report: ({ id, name, startedAt, applied, leaseMs }) =>
      hub.send('PUT', `/gateways/${id}`, {
        name,
        started_at: new Date(startedAt).toISOString(),
        applied: writePosition(applied),
        lease_ms: leaseMs,
      }),
    withdraw: (id) => hub.send('DELETE', `/gateways/${id}`),
  };
}
