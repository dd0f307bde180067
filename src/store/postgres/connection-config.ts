import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { ClientConfig } from 'pg';
import { addressBlocks } from '../../base/address-blocks.ts';
import { StoreUnusable } from '../store-unusable.ts';

/** Milliseconds to make a connection. */
const connectTimeout = 4000;
/** Milliseconds for a statement; the server gives up a little sooner: see prepare-session.ts. */
const queryTimeout = 6000;
/** Milliseconds of silence after which the system asks whether the other side is still there. */
const keepAliveDelay = 10_000;

/** The parameters of a URL that mean something here; any other is refused, since it was meant to. */
const parameters: ReadonlySet<string> = new Set([
  'host',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'application_name',
]);

export interface Database {
  /** What is said of it: the URL without password and parameters. */
  readonly label: string;
  readonly config: ClientConfig;
}

/**
 * Reads a URL as libpq does (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS), but for
 * `sslmode`: what is encrypted is always verified, too.
 *
 * @throws StoreUnusable with the reason and the remedy
 */
export function parseDatabaseUrl(url: string): Database {
  const parsed = parse(url);
  const host = parsed.searchParams.get('host') ?? (decode(parsed.hostname) || 'localhost');
  const label = `postgres://${parsed.username && `${parsed.username}@`}${parsed.host || host}${parsed.pathname}`;
  for (const name of parsed.searchParams.keys()) {
    if (!parameters.has(name))
      throw new StoreUnusable(label, `has a parameter \`${name}\` in its URL.`, knownParameters);
  }
  return {
    label,
    config: { ...accountOf(parsed), host: host.replace(/^\[|\]$/g, ''), ssl: tlsOf(parsed, host, label), ...timing },
  };
}

const knownParameters = `Use ${[...parameters].join(', ')}.`;

const timing: ClientConfig = {
  connectionTimeoutMillis: connectTimeout,
  query_timeout: queryTimeout,
  keepAlive: true,
  keepAliveInitialDelayMillis: keepAliveDelay,
  enableChannelBinding: true,
};

function parse(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed !== undefined && /^postgres(ql)?:$/.test(parsed.protocol)) return parsed;
  throw noUrl();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw noUrl();
  }
}

/** Says nothing of what stands there instead: it may be the password. */
function noUrl(): StoreUnusable {
  const remedy = 'Write postgres://USER:PASSWORD@HOST:PORT/DATABASE, with % before characters that are not plain.';
  return new StoreUnusable('postgres', 'has a URL that is none.', remedy);
}

function accountOf({ username, password, port, pathname, searchParams }: URL): ClientConfig {
  const database = decode(pathname.slice(1));
  return {
    ...(username !== '' && { user: decode(username) }),
    ...(password !== '' && { password: decode(password) }),
    ...(port !== '' && { port: Number(port) }),
    ...(database !== '' && { database }),
    application_name: searchParams.get('application_name') ?? 'gatehouse',
  };
}

const isLoopbackAddress = addressBlocks(['127.0.0.0/8', '::1']);

function isLocal(host: string): boolean {
  return host === 'localhost' || host.startsWith('/') || isLoopbackAddress(host.replace(/^\[|\]$/g, ''));
}

/** Signing keys cross this connection: whether it is in the clear is never left to chance, nor to the other side. */
function tlsOf({ searchParams }: URL, host: string, label: string): false | ConnectionOptions {
  const mode = searchParams.get('sslmode');
  if (mode === 'disable' || (mode === null && isLocal(host))) return false;
  if (mode !== null && /^(require|verify-ca|verify-full)$/.test(mode)) return certificatesOf(searchParams, label);
  const reason =
    mode === null ? 'is on another host, and its URL has no `sslmode`.' : `has \`sslmode=${mode}\` in its URL.`;
  throw new StoreUnusable(label, reason, 'Say sslmode=verify-full, or sslmode=disable where the network is trusted.');
}

function certificatesOf(searchParams: URLSearchParams, label: string): ConnectionOptions {
  const read = (name: string): Buffer | undefined => {
    const path = searchParams.get(name);
    if (path === null) return undefined;
    try {
      return readFileSync(path);
    } catch {
      throw new StoreUnusable(
        label,
        `has a file in its URL that cannot be read: \`${name}=${path}\`.`,
        'Name another.',
      );
    }
  };
  const [ca, cert, key] = [read('sslrootcert'), read('sslcert'), read('sslkey')];
  return { minVersion: 'TLSv1.2', ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}
