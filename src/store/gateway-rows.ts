import { type RawBuilder, sql } from 'kysely';
import type { GatewayList, GatewayReport, ListedGateway } from '../revocation/index.ts';
import { build } from './query-builder.ts';
import type { GatewayRow } from './schema.ts';

/** What the clock of the store says, in milliseconds since some moment of its own. */
export type StoreTime = RawBuilder<number>;

/** Writes a gateway down, or anew. */
export function upsertGateway(gateway: GatewayReport, now: StoreTime) {
  const { id, name, startedAt, applied, leaseMs } = gateway;
  const row = {
    name,
    started_at: startedAt,
    applied_seq: applied.seq,
    applied_mark: applied.mark,
    lease_ms: leaseMs,
    reported_at: now,
  };
  return build
    .insertInto('gateways')
    .values({ id, ...row })
    .onConflict((known) => known.column('id').doUpdateSet(row));
}

/** Begins a roster where there is none: what was on another is lost. */
export function beginRoster(now: StoreTime) {
  return build
    .insertInto('gateway_roster')
    .values({ id: 1, kept_since: now })
    .onConflict((known) => known.doNothing());
}

export function removeGateway(id: string) {
  return build.deleteFrom('gateways').where('id', '=', id);
}

export function forgetGateways(silentMs: number, now: StoreTime) {
  return build.deleteFrom('gateways').where('reported_at', '<', sql<number>`${now} - ${silentMs}`);
}

/** The gateways, beside what is true of all of them: no row where no roster was begun, one at least where it was. */
export function listGateways(now: StoreTime) {
  return build
    .selectFrom('gateway_roster as roster')
    .leftJoin('gateways as gateway', (join) => join.onTrue())
    .selectAll('gateway')
    .select(['roster.kept_since', now.as('now')])
    .orderBy('gateway.name')
    .orderBy('gateway.id');
}

type Nullable<Row> = { readonly [Column in keyof Row]: Row[Column] | null };

interface ListRow extends Nullable<GatewayRow> {
  readonly kept_since: number;
  readonly now: number;
}

export function gatewayListOf(rows: readonly ListRow[]): GatewayList {
  const [first] = rows;
  const keptForMs = first === undefined ? 0 : first.now - first.kept_since;
  return { gateways: rows.filter(hasGateway).map(listedGatewayOf), keptForMs };
}

function hasGateway(row: ListRow): row is ListRow & GatewayRow {
  return row.id !== null;
}

function listedGatewayOf(row: ListRow & GatewayRow): ListedGateway {
  return {
    id: row.id,
    name: row.name,
    startedAt: row.started_at,
    applied: { seq: row.applied_seq, mark: row.applied_mark },
    leaseMs: row.lease_ms,
    silentMs: row.now - row.reported_at,
  };
}
