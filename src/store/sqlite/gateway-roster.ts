import { sql } from 'kysely';
import type { GatewayList, GatewayRoster } from '../../revocation/index.ts';
import {
  beginRoster,
  forgetGateways,
  gatewayListOf,
  listGateways,
  removeGateway,
  type StoreTime,
  upsertGateway,
} from '../gateway-rows.ts';
import { ChangeWatch } from './change-watch.ts';
import { openRoster } from './open-roster.ts';
import { WriteQueue } from './write-queue.ts';

/** Milliseconds on a clock that all processes of the machine share, that nobody sets, and that begins when it starts. */
export type Uptime = () => number;

const systemUptime: Uptime = () => Number(process.hrtime.bigint()) / 1e6;

export interface SqliteRoster extends GatewayRoster {
  close(): Promise<void>;
}

export interface RosterOptions {
  readonly path: string;
  /** Whether the database beside it was made just now: then nobody was there before. Default false. */
  readonly isFirst?: boolean;
  /** Default: the system's. */
  readonly uptime?: Uptime;
}

/**
 * The roster in a file of its own beside the database: reports each second are no news to those who wait for the
 * database to change, and need not reach the disk.
 *
 * @throws StoreUnusable with the reason and the remedy
 */
export function createRoster({ path, isFirst = false, uptime = systemUptime }: RosterOptions): SqliteRoster {
  const { reader, writer, file } = openRoster(path);
  if (isFirst) writer.run(beginRoster(sql`0`));
  const queue = new WriteQueue(writer, file);
  const watch = new ChangeWatch(reader);
  const at = (ms: number): StoreTime => sql<number>`CAST(${ms} AS REAL)`;
  const now = (): StoreTime => at(uptime());
  return Object.freeze<SqliteRoster>({
    report: (gateway) =>
      queue.write((connection) => {
        connection.run(beginRoster(now()));
        connection.run(upsertGateway(gateway, now()));
      }),
    async withdraw(id) {
      await queue.writeOne((connection) => connection.run(removeGateway(id)));
    },
    async list() {
      file.ensureInPlace();
      const askedAt = uptime();
      const rows = reader.all(listGateways(at(askedAt)));
      const readAt = uptime();
      if (rows.length === 0) await queue.writeOne((connection) => connection.run(beginRoster(now())));
      return sinceStart(gatewayListOf(rows), askedAt, readAt);
    },
    forget: (silentMs) => queue.writeOne((connection) => connection.run(forgetGateways(silentMs, now()))),
    subscribe: (wake) => watch.subscribe(wake),
    async close() {
      watch.stop();
      await queue.close();
      reader.close();
      writer.close();
    },
  });
}

/**
 * Whatever was written in the future was written before the machine started: nothing of that time lives on. A report
 * that came while this process waited for its turn, between asking and reading, is none of that kind.
 */
function sinceStart({ gateways, keptForMs }: GatewayList, askedAt: number, readAt: number): GatewayList {
  const waited = readAt - askedAt;
  return {
    gateways: gateways
      .filter(({ silentMs }) => silentMs >= -waited)
      .map((gateway) => ({ ...gateway, silentMs: Math.max(0, gateway.silentMs) })),
    keptForMs: keptForMs < -waited ? askedAt : Math.max(0, keptForMs),
  };
}
