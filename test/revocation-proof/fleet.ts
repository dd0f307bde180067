import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aSigningKey } from '../fixtures/a-jwt.ts';
import { PostgresServer } from '../store/a-postgres-server.ts';
import { TcpLink } from '../store/a-tcp-link.ts';
import { freePort } from '../store/free-port.ts';
import { fleetConfig } from './fleet-config.ts';
import { FleetProcess } from './fleet-process.ts';
import { Gate } from './gate.ts';
import { Mint } from './mint.ts';
import { theNeighbours } from './neighbours.ts';
import { Operator } from './operator.ts';

export interface FleetOptions {
  /** Milliseconds after which a gateway refuses by itself. */
  readonly maxStaleness: number;
  /** How far each clock is off, in milliseconds: the provider's, then the gateways'. Default: not at all. */
  readonly clocks?: readonly [number, number, number, number];
  /** Whether gateways reach the database by links that can be broken. Default: they do not. */
  readonly linked?: boolean;
  /** Whether a commit waits for the disk. Default: it does not. */
  readonly fsync?: boolean;
}

/** A provider and three gateways, each a process of its own, on one PostgreSQL. */
export interface Fleet {
  readonly maxStaleness: number;
  readonly postgres: PostgresServer;
  readonly provider: FleetProcess;
  readonly gates: readonly [Gate, Gate, Gate];
  /** Between each gateway and the database, where they are linked. */
  readonly links: readonly [TcpLink, TcpLink, TcpLink];
  readonly mint: Mint;
  /** Clients of the provider that were not revoked yet. */
  readonly clients: string[];
  readonly operator: Operator;
  close(): Promise<void>;
}

const clients = Array.from({ length: 60 }, (_, n) => `job-${n}`);

export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { maxStaleness, clocks = [0, 0, 0, 0], linked = false, fsync = false } = options;
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-fleet-'));
  const key = aSigningKey('ES256', 'acme-1');
  const neighbours = await theNeighbours(key);
  const postgres = await PostgresServer.start({ fsync });
  const database = await postgres.createDatabase();
  const [provider, admin] = [await freePort(), await freePort()];
  const common = { provider, admin, neighbours: neighbours.url, maxStaleness, clients };
  const processOf = async (name: string, store: string, gateway: number, clock: number, ...roles: string[]) => {
    const file = join(folder, `${name}.yaml`);
    await writeFile(file, fleetConfig({ ...common, name, store, gateway }));
    return new FleetProcess([file, join(folder, `${name}.log`), String(clock), ...roles]);
  };
  const central = await processOf('provider', database, 0, clocks[0], 'provider', 'admin');
  await central.start();
  const aGate = async (name: string, index: number) => {
    const [link, port] = [await TcpLink.to(postgres.port), await freePort()];
    const process = await processOf(
      name,
      linked ? link.reach(database) : database,
      port,
      clocks[index + 1] ?? 0,
      'gateway',
    );
    await process.start();
    return { link, gate: new Gate(name, process, port) };
  };
  const [first, second, third] = await Promise.all([aGate('first', 0), aGate('second', 1), aGate('third', 2)]);
  const url = (port: number): string => `http://127.0.0.1:${port}`;
  const operator = new Operator(url(admin), url(provider));
  const gates = [first.gate, second.gate, third.gate] as const;
  const links = [first.link, second.link, third.link] as const;
  return {
    maxStaleness,
    postgres,
    provider: central,
    gates,
    links,
    mint: new Mint(key, url(provider)),
    clients: [...clients],
    operator,
    async close() {
      for (const gate of gates) await Promise.all([gate.close(), gate.process.kill()]);
      await Promise.all([operator.close(), central.kill(), ...links.map((link) => link.close())]);
      await Promise.all([neighbours.close(), postgres.close(), rm(folder, { recursive: true, force: true })]);
    },
  };
}
