import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { ClientConfig } from 'pg';
import { type CertificateParameter, type PostgresUrl, readPostgresUrl } from '../../base/postgres-url.ts';
import { StoreUnusable } from '../store-unusable.ts';

/** Milliseconds to make a connection. */
const connectTimeout = 4000;
/** Milliseconds for a statement; the server gives up a little sooner: see prepare-session.ts. */
const queryTimeout = 6000;
/** Milliseconds of silence after which the system asks whether the other side is still there. */
const keepAliveDelay = 10_000;

export interface Database {
  /** What is said of it: the URL without password and parameters. */
  readonly label: string;
  readonly config: ClientConfig;
}

const timing: ClientConfig = {
  connectionTimeoutMillis: connectTimeout,
  query_timeout: queryTimeout,
  keepAlive: true,
  keepAliveInitialDelayMillis: keepAliveDelay,
  enableChannelBinding: true,
};

/** @throws StoreUnusable with the reason and the remedy */
export function parseDatabaseUrl(text: string): Database {
  const url = readPostgresUrl(text);
  if ('fault' in url) throw new StoreUnusable(url.fault.label, url.fault.reason, url.fault.remedy);
  const { label, host, port, user, password, database, applicationName: application_name = 'gatehouse' } = url;
  const account = {
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { database }),
    application_name,
  };
  return { label, config: { host, ...account, ssl: tlsOf(url), ...timing } };
}

function tlsOf({ tls, label }: PostgresUrl): false | ConnectionOptions {
  if (tls === undefined) return false;
  const read = (name: CertificateParameter): Buffer | undefined => readIfNamed(name, tls[name], label);
  const [ca, cert, key] = [read('sslrootcert'), read('sslcert'), read('sslkey')];
  return { minVersion: 'TLSv1.2', ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

function readIfNamed(name: CertificateParameter, path: string | undefined, label: string): Buffer | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path);
  } catch {
    const reason = `has a file in its URL that cannot be read: \`${name}=${path}\`.`;
    throw new StoreUnusable(label, reason, 'Name another.');
  }
}
