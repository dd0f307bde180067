import type { DownstreamServer } from './downstream/index.ts';
import type { Tunnels } from './tunnels.ts';

/** Stops accepting, waits for what is under way, and cuts off what is left after `drainMs`. */
export async function drain(server: DownstreamServer, tunnels: Tunnels, drainMs: number): Promise<void> {
  const timer = setTimeout(() => {
    tunnels.closeAll();
    server.closeAllConnections();
  }, drainMs);
  await server.close();
  clearTimeout(timer);
}
