import { connect as connectTcp, isIP, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { UpstreamError } from './upstream-error.ts';

/** What makes two upstreams share connections. */
export interface PoolOptions {
  readonly origin: string;
  /** PEM, beside which no other authority is trusted. */
  readonly ca: string | undefined;
  readonly connectMs: number;
}

/** Takes in what comes over any connection, one at a time: a buffer for each piece would cost more than reading it. */
const intake = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * @param receive called with what comes over a TCP connection, good only until it returns; undefined for a connection
 *                that may become a tunnel: that is read as a stream, as TLS always is
 * @param onOpen  called once it stands, TLS included
 * @param onError called instead where it does not come to stand
 * @returns the socket, which may be destroyed at any time
 */
export function connectUpstream(
  { origin, ca, connectMs }: PoolOptions,
  receive: ((bytes: Buffer) => void) | undefined,
  onOpen: (socket: Socket) => void,
  onError: (error: Error) => void,
): Socket {
  const { protocol, hostname, port } = new URL(origin);
  const isSecure = protocol === 'https:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const common = {
    host,
    port: port === '' ? (isSecure ? 443 : 80) : Number(port),
    noDelay: true,
    keepAlive: true,
    // An upgraded connection may be closed in one direction only (RFC 6455 section 7.1.1 leaves that to TCP).
    allowHalfOpen: true,
  };
  const names = isIP(host) === 0 ? { servername: host } : {};
  const trust = ca === undefined ? {} : { ca };
  const socket = isSecure
    ? connectTls({ ...common, ...names, ...trust, ALPNProtocols: ['http/1.1'] })
    : connectTcp({ ...common, ...(receive === undefined ? {} : { onread: readInto(intake, receive) }) });
  const timer = setTimeout(
    () => socket.destroy(new UpstreamError('connect_timeout', `no connection within ${connectMs} ms`)),
    connectMs,
  );
  let fault: Error = new UpstreamError('closed', 'other side closed');
  const fail = (error: Error): void => {
    fault = error;
  };
  const end = (): void => {
    clearTimeout(timer);
    onError(fault);
  };
  socket.on('error', fail).once('close', end);
  socket.once(isSecure ? 'secureConnect' : 'connect', () => {
    clearTimeout(timer);
    socket.off('error', fail).off('close', end);
    onOpen(socket);
  });
  return socket;
}

function readInto(buffer: Buffer, receive: (bytes: Buffer) => void): OnReadOpts {
  return {
    buffer,
    callback(length) {
      receive(buffer.subarray(0, length));
      return true;
    },
  };
}
