import type { Server } from 'node:http';
import type { Tunnels } from './tunnels.ts';

/** Stops accepting, waits for what is under way, and cuts off what is left after `drainMs`. */
export async function drain(server: Server, tunnels: Tunnels, drainMs: number): Promise<void> {
  const timer = setTimeout(() => {
    tunnels.closeAll();
    server.closeAllConnections();
  }, drainMs);
  await new Promise<void>((resolve) => {
    // Also where it never listened: then there is nothing to wait for.
    server.close(() => resolve());
  });
  clearTimeout(timer);
}
