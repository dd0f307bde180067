import { addressBlocks } from './address-blocks.ts';

/** Where a database is, and how it is reached. */
export interface PostgresUrl {
  /** What may be said of it: the URL without password and parameters. */
  readonly label: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  readonly applicationName: string | undefined;
  /** Files with certificates and a key; undefined: the connection is in the clear. */
  readonly tls: Readonly<Partial<Record<CertificateParameter, string>>> | undefined;
}

export interface PostgresUrlFault {
  readonly label: string;
  readonly reason: string;
  readonly remedy: string;
}

const certificateParameters = ['sslrootcert', 'sslcert', 'sslkey'] as const;
export type CertificateParameter = (typeof certificateParameters)[number];

/** The parameters that mean something here; any other is refused, since it was meant to. */
const parameters: readonly string[] = ['host', 'sslmode', ...certificateParameters, 'application_name'];

/** Says nothing of what stands there instead: it may be the password. */
const noUrl: PostgresUrlFault = {
  label: 'postgres',
  reason: 'has a URL that is none.',
  remedy: 'Write postgres://USER:PASSWORD@HOST:PORT/DATABASE, with % before characters that are not plain.',
};

/**
 * Reads a URL as libpq does (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS), but for
 * `sslmode`: what is encrypted is always verified, too.
 */
export function readPostgresUrl(text: string): PostgresUrl | { readonly fault: PostgresUrlFault } {
  const url = URL.parse(text);
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) return { fault: noUrl };
  try {
    const host = url.searchParams.get('host') ?? (decodeURIComponent(url.hostname) || 'localhost');
    const place = placeOf(url, host);
    const fault = parameterFault(url) ?? tlsFault(url, host);
    return fault === undefined ? place : { fault: { label: place.label, ...fault } };
  } catch (error) {
    if (error instanceof URIError) return { fault: noUrl };
    throw error;
  }
}

type Finding = Pick<PostgresUrlFault, 'reason' | 'remedy'>;

function parameterFault({ searchParams }: URL): Finding | undefined {
  const unknown = [...searchParams.keys()].find((name) => !parameters.includes(name));
  if (unknown === undefined) return undefined;
  return { reason: `has a parameter \`${unknown}\` in its URL.`, remedy: `Use ${parameters.join(', ')}.` };
}

/** Signing keys cross this connection: whether it is in the clear is never left to chance, nor to the other side. */
function tlsFault({ searchParams }: URL, host: string): Finding | undefined {
  const mode = searchParams.get('sslmode');
  if (mode === null ? isLocal(host) : /^(disable|require|verify-ca|verify-full)$/.test(mode)) return undefined;
  const reason =
    mode === null ? 'is on another host, and its URL has no `sslmode`.' : `has \`sslmode=${mode}\` in its URL.`;
  return { reason, remedy: 'Say sslmode=verify-full, or sslmode=disable where the network is trusted.' };
}

const isLoopbackAddress = addressBlocks(['127.0.0.0/8', '::1']);

function isLocal(host: string): boolean {
  return host === 'localhost' || host.startsWith('/') || isLoopbackAddress(withoutBrackets(host));
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

function placeOf(url: URL, host: string): PostgresUrl {
  const { username, password, port, pathname, searchParams } = url;
  const mode = searchParams.get('sslmode');
  const files = certificateParameters.flatMap((name) => {
    const file = searchParams.get(name);
    return file === null ? [] : [[name, file] as const];
  });
  return {
    label: `postgres://${username && `${username}@`}${url.host || host}${pathname}`,
    host: withoutBrackets(host),
    port: port === '' ? undefined : Number(port),
    user: decodeURIComponent(username) || undefined,
    password: decodeURIComponent(password) || undefined,
    database: decodeURIComponent(pathname.slice(1)) || undefined,
    applicationName: searchParams.get('application_name') ?? undefined,
    tls: mode === null || mode === 'disable' ? undefined : Object.fromEntries(files),
  };
}
