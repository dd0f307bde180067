import { elapsed } from '../elapsed.ts';
import { table } from '../table.ts';

export interface GatewayList {
  readonly items: readonly ListedGateway[];
  readonly head_seq: number;
}

interface ListedGateway {
  readonly id: string;
  readonly name: string;
  readonly started_at: string;
  readonly applied_seq: number;
  readonly silent_ms: number;
  readonly live: boolean;
}

/** A row for each gateway: whether it is there, how far it has come, how long ago that was. */
export function printGateways({ items, head_seq: head }: GatewayList): string {
  if (items.length === 0) return 'No gateway was heard of lately. Remedy: start one with `gatehouse start`.\n';
  const rows = items.map(({ id, name, started_at: startedAt, applied_seq: applied, silent_ms: silent, live }) => [
    name,
    live ? 'live' : 'silent',
    `${applied} of ${head}`,
    `${elapsed(silent)} ago`,
    startedAt,
    id,
  ]);
  return table(['NAME', 'STATE', 'APPLIED', 'HEARD OF', 'STARTED', 'ID'], rows);
}
