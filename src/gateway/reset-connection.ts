import type { Socket } from 'node:net';

/**
 * Ends a connection so that the other side cannot take it for one that has said all. Where its end is being said already,
 * a reset comes too late: Node would neither send it nor ever close the socket.
 */
export function resetConnection(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
