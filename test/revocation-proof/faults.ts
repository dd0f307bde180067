import { setTimeout as delay } from 'node:timers/promises';
import type { Fleet } from './fleet.ts';

/** What happens to a fleet, and ends with all well again. */
export type Fault = (fleet: Fleet) => Promise<void>;

/** Longer than a lease by so much that nobody can think it still holds. */
const beyond = 1.3;

/** Milliseconds after each fault in which those who come back are asked about everything. */
const afterwards = 400;

async function pause({ gates: [, gate], maxStaleness }: Fleet, leases: number): Promise<void> {
  gate.process.pause();
  await delay(maxStaleness * leases);
  gate.process.resume();
  await delay(afterwards);
}

export const faults: Readonly<Record<string, Fault>> = {
  'a gateway is paused past its lease, and resumed': (fleet) => pause(fleet, beyond),
  'a gateway is paused for less than its lease, and resumed': (fleet) => pause(fleet, 0.4),
  async 'a gateway is killed and restarted'({ gates: [gate] }) {
    await gate.process.kill();
    await delay(300);
    await gate.process.start();
    await delay(afterwards);
  },
  async 'the provider is killed and restarted'({ provider }) {
    await provider.kill();
    await provider.start();
    await delay(afterwards);
  },
  async 'the connection of a gateway to the database is cut, and made again'({ links: [, , link] }) {
    link.cut();
    await delay(afterwards);
  },
  async 'a gateway cannot connect to the database, for longer than its lease'(fleet) {
    const [, , link] = fleet.links;
    link.leadTo(1);
    await delay(fleet.maxStaleness * beyond);
    link.leadTo(fleet.postgres.port);
    await delay(afterwards);
  },
  async 'the connection of a gateway to the database falls silent, for longer than its lease'(fleet) {
    const [, , link] = fleet.links;
    link.fallSilent();
    await delay(fleet.maxStaleness * beyond);
    link.recover();
    link.cut();
    await delay(afterwards);
  },
  async 'PostgreSQL is shut down at once and restarted'({ postgres, maxStaleness }) {
    await postgres.stop('SIGQUIT');
    await delay(maxStaleness * 0.3);
    await postgres.start();
    await delay(afterwards);
  },
  async 'PostgreSQL is killed, and away for longer than a lease'({ postgres, maxStaleness }) {
    await postgres.kill();
    await delay(maxStaleness * beyond);
    await postgres.start();
    await delay(afterwards);
  },
};
