import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** Whoever stands beside Gatehouse: an upstream, an identity provider. */
export interface Neighbour {
  readonly url: string;
  close(): Promise<unknown>;
}

export function aNeighbour(listener: RequestListener): Promise<Neighbour> {
  return listening(createHttpServer(listener));
}

/** One that need not speak HTTP. */
export function aStrangeNeighbour(onConnection: (socket: Socket) => void): Promise<Neighbour> {
  return listening(createServer(onConnection));
}

/** The URL of somebody who was there, and is there no more. */
export async function aGoneNeighbour(): Promise<string> {
  const { url, close } = await aNeighbour(() => undefined);
  await close();
  return url;
}

async function listening(server: Server): Promise<Neighbour> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
