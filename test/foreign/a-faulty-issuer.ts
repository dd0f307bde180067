import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Authority } from '../fixtures/certificates.ts';

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** An identity provider over TLS that answers as a test wishes. */
export interface FaultyIssuer {
  readonly issuer: string;
  /** Of its discovery document and its key set. */
  answers: { document: Answer; keys: Answer };
  /** How often its key set was asked for. */
  fetches: number;
  /** As it is when all is well. */
  readonly well: FaultyIssuer['answers'];
  /** From now on it shows a certificate that has expired, or again one that has not. */
  expire(expired: boolean): void;
  close(): Promise<void>;
}

const day = 24 * 60 * 60 * 1000;

export async function aFaultyIssuer(authority: Authority, jwks: () => object): Promise<FaultyIssuer> {
  const good = authority.issue('127.0.0.1');
  const expired = authority.issue('127.0.0.1', {
    from: new Date(Date.now() - 2 * day),
    to: new Date(Date.now() - day),
  });
  const sockets = new Set<Socket>();
  const server = createServer({ cert: good.cert, key: good.key }, (request, response) => {
    const isKeys = request.url === '/jwks';
    if (isKeys) faulty.fetches++;
    faulty.answers[isKeys ? 'keys' : 'document'](response, request);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const well = {
    document: (response: ServerResponse) => json(response, { issuer, jwks_uri: `${issuer}/jwks` }),
    keys: (response: ServerResponse) => json(response, jwks()),
  };
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const faulty: FaultyIssuer = {
    issuer,
    answers: well,
    fetches: 0,
    well,
    expire(isExpired) {
      const { cert, key } = isExpired ? expired : good;
      server.setSecureContext({ cert, key });
      hangUp();
    },
    close() {
      hangUp();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return faulty;
}

export function json(response: ServerResponse, document: object): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
}
