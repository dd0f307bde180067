import { randomBytes } from 'node:crypto';
import { systemClock } from '../../../src/base/clock.ts';
import { sendRaw } from '../../fixtures/a-gateway.ts';
import { anEncryptionKey } from '../../fixtures/a-jwe.ts';
import { aJwt, aSigningKey } from '../../fixtures/a-jwt.ts';
import { asBytes, type Reply, readReply } from '../../fixtures/a-raw-reply.ts';
import { aStatusList, aStatusListToken } from '../../fixtures/a-status-list.ts';
import { post } from '../../fixtures/a-token-client.ts';
import { aForeignIssuer } from '../a-foreign-issuer.ts';
import { aGoneNeighbour, aNeighbour, aStrangeNeighbour, type Neighbour } from '../a-neighbour.ts';
import { anUpstream } from '../an-upstream.ts';
import { type AssembledGatehouse, assembleGatehouse } from '../assembled-gatehouse.ts';
import { audience, issuers, stageConfig } from './stage-config.ts';

export interface Call {
  readonly method?: string;
  readonly target?: string;
  readonly token?: string | undefined;
  /** Further header lines. */
  readonly lines?: readonly string[];
  readonly body?: string;
}

/** The whole program, and whoever it needs to be refused by. */
export interface Stage {
  readonly house: AssembledGatehouse;
  /** Where acme says of its tokens: 1 is invalid, 2 suspended, 3 something of its own, all others valid. */
  readonly listUri: string;
  /** Milliseconds that its clock is ahead. */
  readonly clock: { ahead: number };
  /** A well-formed request; a GET of /orders where nothing else is said. */
  call(call: Call): Promise<Reply>;
  /** Bytes as they are. */
  raw(bytes: string, silenceMs?: number): Promise<Reply>;
  /** A new opaque token of our provider, for /orders. */
  issue(): Promise<string>;
  revoke(token: string): Promise<void>;
  close(): Promise<void>;
}

export const acmeKey = aSigningKey('ES256', 'acme-1');

/** For which tokens for /sealed are encrypted. */
export const sealingKey = anEncryptionKey('P-256');

/** A JWT of acme: good for every API of the stage, but for what is said otherwise. */
export function acmeToken(
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): string {
  const iat = Math.floor(systemClock() / 1000) - 10;
  return aJwt(acmeKey, { iss: issuers.acme, aud: audience, iat, exp: iat + 600, ...claims }, header);
}

export async function setStage(): Promise<Stage> {
  const clock = { ahead: 0 };
  const [acme, lists, upstream, broken, slow] = await Promise.all([
    aForeignIssuer(issuers.acme, [acmeKey]),
    aListPublisher(),
    anUpstream(),
    aStrangeNeighbour((socket) => socket.end('This is no HTTP.\r\n\r\n')),
    aNeighbour(() => undefined),
  ]);
  const gone = await aGoneNeighbour();
  const client = { id: 'reporting', secret: randomBytes(24).toString('base64url') };
  const { discovery } = acme;
  const decryptionKey = JSON.stringify(sealingKey.pem);
  const around = {
    clientSecret: client.secret,
    decryptionKey,
    discovery,
    gone,
    upstream: upstream.url,
    lists: lists.url,
  };
  const house = await assembleGatehouse(
    (ports) => stageConfig(ports, { ...around, broken: broken.url, slow: slow.url }),
    () => systemClock() + clock.ahead,
  );
  const raw = async (bytes: string, silenceMs?: number): Promise<Reply> =>
    readReply(await sendRaw(house.ports.gateway, bytes, silenceMs));
  return {
    house,
    clock,
    listUri: `${lists.url}/1`,
    raw,
    call: (call) => raw(asBytes(requestText(call))),
    async issue() {
      const form = { grant_type: 'client_credentials', resource: audience };
      const { json, text } = await post(house.provider, '/token', form, client);
      if (typeof json?.access_token !== 'string') throw new Error(text);
      return json.access_token;
    },
    async revoke(token) {
      await post(house.provider, '/revoke', { token }, client);
    },
    async close() {
      await house.remove();
      await Promise.all([acme, lists, upstream, broken, slow].map((neighbour) => neighbour.close()));
    },
  };
}

/** One list, and errors beside it. */
async function aListPublisher(): Promise<Neighbour> {
  const publisher = await aNeighbour((request, response) => {
    const claims = { sub: `${publisher.url}/1`, iat: Math.floor(systemClock() / 1000) };
    const statuses = aStatusList({ 1: 1, 2: 2, 3: 3 });
    if (request.url === '/1') response.end(aStatusListToken(acmeKey, { ...claims, status_list: statuses }));
    else response.writeHead(404).end();
  });
  return publisher;
}

function requestText({ method = 'GET', target = '/orders', token, lines = [], body = '' }: Call): string {
  const credential = token === undefined ? [] : [`Authorization: Bearer ${token}`];
  const head = [`${method} ${target} HTTP/1.1`, 'Host: api.example', 'Connection: close', ...credential, ...lines];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
