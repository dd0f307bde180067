// Appends to the log in the PostgreSQL whose URL it is given until it is killed, and prints what was acknowledged, a
// sequence number a line. While the server cannot be asked, it tries again.
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../src/base/clock.ts';
import { StoreUnavailable } from '../../src/base/store-unavailable.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';

const [, , url = ''] = process.argv;
const { revocationLog } = await openPostgresStore({ url, clock: systemClock });

async function append(): Promise<void> {
  const expiresAt = systemClock() + 3_600_000;
  const entry = {
    issuer: 'https://acme.example',
    kind: 'jti',
    value: `${process.pid}`,
    expiresAt,
    actor: 'test',
  } as const;
  for (const { seq } of await revocationLog.append([entry, entry])) writeSync(1, `${seq}\n`);
}

async function appendOnAndOn(): Promise<never> {
  for (;;) {
    try {
      await append();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      await delay(10);
    }
  }
}

await Promise.all([appendOnAndOn(), appendOnAndOn(), appendOnAndOn()]);
