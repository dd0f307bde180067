import { type Compilable, sql } from 'kysely';
import type { GatewayReport, GatewayRoster } from '../../revocation/index.ts';
import {
  beginRoster,
  forgetGateways,
  gatewayListOf,
  listGateways,
  removeGateway,
  upsertGateway,
} from '../gateway-rows.ts';
import { build } from '../query-builder.ts';
import type { Sql } from '../sql.ts';
import type { ChangeWatch } from './change-watch.ts';

/** What a report with news notifies of; it carries no payload, since who is where is read from the roster. */
export const reportChannel = 'gatehouse_gateways';

/** Not that of the transaction, which stands still while it waits. */
const now = sql<number>`extract(epoch FROM clock_timestamp())::double precision * 1000`;

export interface RosterParts {
  readonly sql: Sql;
  /** A connection that no other work keeps waiting: a report that comes late costs a gateway its lease. */
  readonly reporting: Pick<Sql, 'all'>;
  /** Hears of news. It is connected when somebody waits for them. */
  readonly news: Pick<ChangeWatch, 'subscribe'>;
}

/** The roster in two unlogged tables. */
export function createRoster({ sql: connections, reporting, news }: RosterParts): GatewayRoster {
  return Object.freeze<GatewayRoster>({
    async report(gateway) {
      await reporting.all(reportStatement(gateway));
    },
    async withdraw(id) {
      await connections.write(removeGateway(id));
    },
    async list() {
      const rows = await connections.all(listGateways(now));
      if (rows.length === 0) await connections.write(beginRoster(now));
      const { gateways, keptForMs } = gatewayListOf(rows);
      // A clock that was set back must not make anybody silent for less than nothing.
      return { gateways: gateways.map((each) => ({ ...each, silentMs: Math.max(0, each.silentMs) })), keptForMs };
    },
    forget: (silentMs) => connections.write(forgetGateways(silentMs, now)),
    subscribe: (wake) => news.subscribe(wake),
  });
}

/** One statement for it all. Without news it notifies nobody: notifications of all sessions wait for each other. */
function reportStatement(gateway: GatewayReport): Compilable<unknown> {
  const { id, applied } = gateway;
  const statement = sql`
    WITH roster AS (${beginRoster(now)}), gateway AS (${upsertGateway(gateway, now).returning('id')}), known AS (
      SELECT FROM gateways WHERE id = ${id} AND applied_seq = ${applied.seq} AND applied_mark = ${applied.mark}
    )
    SELECT pg_notify(${reportChannel}, '') FROM gateway WHERE NOT EXISTS (SELECT FROM known)`;
  return { compile: () => statement.compile(build) };
}
