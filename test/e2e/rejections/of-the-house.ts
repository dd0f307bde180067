import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { generateOpaqueToken } from '../../../src/opaque/index.ts';
import { type Reply, readReply } from '../../fixtures/a-raw-reply.ts';
import type { Provocations } from './provocation.ts';
import { acmeToken, type Stage } from './stage.ts';

/** Refused for what is wrong behind the gateway, or within. */
export const ofTheHouse = {
  upstream_unreachable: { 'nobody listens': (stage) => stage.call({ target: '/gone', token: acmeToken() }) },
  upstream_broken: { 'no HTTP': (stage) => stage.call({ target: '/broken', token: acmeToken() }) },
  upstream_timeout: { 'no answer': (stage) => stage.call({ target: '/slow', token: acmeToken() }) },
  verification_saturated: {
    'more forged tokens at once than may wait': async (stage) => {
      const signed = acmeToken({ padding: 'x'.repeat(10_000) }).replace(/[^.]*$/, '');
      const replies = await atOnce(stage, 600, () => signed + randomBytes(64).toString('base64url'));
      return replies.find(({ status }) => status === 503) ?? (replies[0] as Reply);
    },
  },
  issuer_unavailable: {
    'the token store is broken': (stage) =>
      withoutTable(stage, 'tokens', () => stage.call({ token: generateOpaqueToken() })),
  },
  revocations_stale: {
    'the revocation log is out of sight': async (stage) => {
      const reply = await withoutTable(stage, 'revocations', () => onceRefused(stage));
      await recovered(stage);
      return reply;
    },
  },
  internal_error: {
    'the clock was set back to before the first signing key': async (stage) => {
      const iat = Math.floor(Date.now() / 1000) - 3_600;
      const token = acmeToken({ iat, exp: iat + 600 });
      const reply = await atAnotherTime(stage, -3_600_000, () => stage.call({ target: '/signed', token }));
      await recovered(stage);
      return reply;
    },
  },
  shutting_down: {
    'a request whose head was under way': async (stage) => {
      const request = `GET /orders HTTP/1.1\r\nHost: api.example\r\nAuthorization: Bearer ${acmeToken()}\r\n`;
      const socket = connect(stage.house.ports.gateway, '127.0.0.1').setEncoding('latin1');
      // Once the first of the two is answered, the second half has surely begun to be read.
      socket.write(`${request}\r\n${request}`);
      await once(socket, 'data');
      void stage.house.stop();
      let received = '';
      socket.on('data', (chunk: string) => {
        received += chunk;
      });
      socket.write('\r\n');
      await once(socket, 'close');
      return readReply(received);
    },
  },
} as const satisfies Provocations;

/** Requests over as many connections, all sent before the first of them is read. */
async function atOnce({ house }: Stage, count: number, makeToken: () => string): Promise<readonly Reply[]> {
  const sockets: Socket[] = [];
  for (let n = 0; n < count; n++) {
    const socket = connect(house.ports.gateway, '127.0.0.1').setEncoding('latin1');
    await once(socket, 'connect');
    sockets.push(socket);
  }
  const replies = sockets.map((socket) => {
    socket.write(`GET /orders HTTP/1.1\r\nHost: api.example\r\nAuthorization: Bearer ${makeToken()}\r\n\r\n`);
    return once(socket, 'data').then(([received]) => readReply(received));
  });
  const settled = await Promise.all(replies);
  for (const socket of sockets) socket.destroy();
  return settled;
}

/** As if the disk had lost it: every statement that reads it fails. */
async function withoutTable(stage: Stage, table: string, ask: () => Promise<Reply>): Promise<Reply> {
  const database = new DatabaseSync(stage.house.store, { timeout: 5_000 });
  try {
    database.exec(`ALTER TABLE ${table} RENAME TO lost_${table}`);
    return await ask();
  } finally {
    database.exec(`ALTER TABLE lost_${table} RENAME TO ${table}`);
    database.close();
  }
}

async function atAnotherTime({ clock }: Stage, ahead: number, ask: () => Promise<Reply>): Promise<Reply> {
  clock.ahead = ahead;
  try {
    return await ask();
  } finally {
    clock.ahead = 0;
  }
}

/** What may have been missed is measured by a clock that nobody sets, so it has to be waited for. */
function onceRefused(stage: Stage): Promise<Reply> {
  return until(stage, ({ status }) => status !== 200);
}

/** Until the revocation log has been read again at the right time. */
async function recovered(stage: Stage): Promise<void> {
  await until(stage, ({ status }) => status === 200);
}

async function until(stage: Stage, isIt: (reply: Reply) => boolean): Promise<Reply> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const reply = await stage.call({ token: acmeToken() });
    if (isIt(reply)) return reply;
    if (performance.now() > deadline) throw new Error(`The gateway goes on to answer ${reply.status}.`);
    await pause(20);
  }
}
