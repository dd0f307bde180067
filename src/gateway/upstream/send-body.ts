import type { Socket } from 'node:net';
import { UpstreamError } from './upstream-error.ts';

/**
 * Sends a request's body, no faster than the upstream takes it; in chunks (RFC 9112 section 7.1) where its length is
 * not known.
 *
 * @param length    in bytes, as the upstream was told
 * @param onWritten called for every piece
 * @throws UpstreamError `body_mismatch`, `closed`, or whatever the body throws
 */
export async function sendBody(
  socket: Socket,
  body: AsyncIterable<Buffer>,
  length: number | undefined,
  onWritten: () => void,
): Promise<void> {
  let sent = 0;
  for await (const piece of body) {
    if (socket.destroyed) throw new UpstreamError('closed', 'other side closed');
    sent += piece.length;
    refuseMismatch(sent > (length ?? sent));
    const isTaken = length === undefined ? writeChunk(socket, piece) : socket.write(piece);
    onWritten();
    if (!isTaken) await drained(socket);
  }
  refuseMismatch(sent < (length ?? sent));
  if (length === undefined) socket.write('0\r\n\r\n', 'latin1');
  onWritten();
}

/** What is missing or too much would be read as the next request. */
function refuseMismatch(isMismatch: boolean): void {
  if (isMismatch) throw new UpstreamError('body_mismatch', 'the content is not as long as announced');
}

/** A chunk of no bytes would be the last one. */
function writeChunk(socket: Socket, piece: Buffer): boolean {
  if (piece.length === 0) return true;
  socket.cork();
  socket.write(`${piece.length.toString(16)}\r\n`, 'latin1');
  socket.write(piece);
  const isTaken = socket.write('\r\n', 'latin1');
  socket.uncork();
  return isTaken;
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}
