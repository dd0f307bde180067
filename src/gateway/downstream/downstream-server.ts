import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { monotonicClock } from '../../base/clock.ts';
import { type ConnectionListener, type ConnectionSettings, DownstreamConnection } from './downstream-connection.ts';

/** Clients' connections: takes them in, looks after their time, and ends them. */
export class DownstreamServer {
  readonly #server: Server;
  readonly #settings: ConnectionSettings;
  readonly #connections = new Set<DownstreamConnection>();
  #timer: NodeJS.Timeout | undefined;

  /** @param accept says who hears of the requests of a new connection */
  constructor(settings: ConnectionSettings, accept: (socket: Socket) => Omit<ConnectionListener, 'onClose'>) {
    this.#settings = settings;
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      const { onRequest, onUnreadable } = accept(socket);
      const onClose = (connection: DownstreamConnection): void => void this.#connections.delete(connection);
      this.#connections.add(new DownstreamConnection(socket, settings, { onRequest, onUnreadable, onClose }));
    });
  }

  /** @throws the system's error where the address cannot be had */
  listen(host: string, port: number): Promise<AddressInfo> {
    // A time-out strikes so much later at most.
    this.#timer ??= setInterval(() => this.#look(), Math.min(this.#settings.headersMs, 1_000)).unref();
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve(this.#server.address() as AddressInfo);
      });
    });
  }

  /** Takes no new connection, ends those on which nothing is under way, and waits for the others. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      // Also where it never listened: then there is nothing to wait for.
      this.#server.close(() => resolve());
    });
    for (const connection of this.#connections) connection.windUp();
    await closed;
    clearInterval(this.#timer);
  }

  closeAllConnections(): void {
    for (const connection of this.#connections) connection.destroy();
  }

  #look(): void {
    const now = monotonicClock();
    for (const connection of this.#connections) connection.checkTime(now);
  }
}
