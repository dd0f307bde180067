import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Application, compose, roles } from '../../src/app/index.ts';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { type Config, parseConfig, renderReport } from '../../src/config/index.ts';
import { freePorts, type Ports } from './free-ports.ts';

/** The whole program within the process of the test, with a clock that is the test's to set. */
export interface AssembledGatehouse {
  readonly ports: Ports;
  readonly gateway: string;
  readonly provider: string;
  readonly admin: string;
  /** Where signals arrive, if the configuration has any. */
  readonly signals: string;
  /** The file of the SQLite store. */
  readonly store: string;
  /** All lines that it has logged so far. */
  log(): string;
  /** As when the file was changed. */
  reload(makeConfig: (ports: Ports) => string): Promise<void>;
  /** As on SIGTERM. */
  stop(): Promise<void>;
  /** Stops it, where that was not done, and removes what it kept. */
  remove(): Promise<void>;
}

/** @param makeConfig the text of gatehouse.yaml, but for `store`, given the ports that were found free */
export async function assembleGatehouse(
  makeConfig: (ports: Ports) => string,
  clock: Clock = systemClock,
): Promise<AssembledGatehouse> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
  const ports = await freePorts();
  const store = join(folder, 'gatehouse.db');
  const logFile = join(folder, 'log');
  const readWith = (make: typeof makeConfig): Config => read(`${make(ports)}\nstore: sqlite:${store}\n`);
  const app: Application = await compose(readWith(makeConfig), { roles, logFile, clock });
  await app.start();
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= app.stop();
    return stopping;
  };
  return {
    ports,
    gateway: `http://127.0.0.1:${ports.gateway}`,
    provider: `http://127.0.0.1:${ports.provider}`,
    admin: `http://127.0.0.1:${ports.admin}`,
    signals: `http://127.0.0.1:${ports.signals}`,
    store,
    log: () => readFileSync(logFile, 'utf8'),
    reload: (make) => app.reload(readWith(make)),
    stop,
    async remove() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function read(text: string): Config {
  const outcome = parseConfig(text, { path: 'gatehouse.yaml', env: {} });
  if (!outcome.ok) throw new Error(renderReport(outcome.faults, outcome.warnings));
  return outcome.config;
}
