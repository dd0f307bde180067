import { sql } from 'kysely';
import type { GatewayRoster } from '../../revocation/index.ts';
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
  const now = (): StoreTime => sql<number>`CAST(${uptime()} AS REAL)`;
  return Object.freeze<SqliteRoster>({
    report: (gateway) =>
      queue.write((connection) => {
        connection.run(beginRoster(now()));
        connection.run(upsertGateway(gateway, now()));
      }),
    async withdraw(id) {
      await queue.write((connection) => connection.run(removeGateway(id)));
    },
    async list() {
      file.ensureInPlace();
      const rows = reader.all(listGateways(now()));
      if (rows.length === 0) await queue.write((connection) => connection.run(beginRoster(now())));
      return sinceStart(gatewayListOf(rows), uptime());
    },
    forget: (silentMs) => queue.write((connection) => connection.run(forgetGateways(silentMs, now()))),
    subscribe: (wake) => watch.subscribe(wake),
    async close() {
      watch.stop();
      await queue.close();
      reader.close();
      writer.close();
    },
  });
}

/** Whatever was written in the future was written before the machine started: nothing of that time lives on. */
function sinceStart({ gateways, keptForMs }: ReturnType<typeof gatewayListOf>, uptimeMs: number) {
  return {
    gateways: gateways.filter(({ silentMs }) => silentMs >= 0),
    keptForMs: keptForMs < 0 ? uptimeMs : keptForMs,
  };
}
