import { StoreUnavailable } from '../../base/store-unavailable.ts';
import { StoreUnusable } from '../store-unusable.ts';
import { sqlStateOf, systemCodeOf } from './postgres-error.ts';

type Explanation = readonly [reason: string, remedy: string];

const notTrusted: Explanation = [
  'shows a certificate that is not trusted.',
  'Name the CA by `sslrootcert=FILE` in the URL of `store`.',
];
const unreachable: Explanation = ['cannot be reached.', 'Start it, or name its host and port in `store`.'];

/** By SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html), or by its class. */
const bySqlState: Readonly<Record<string, Explanation>> = {
  '28P01': ['refuses the password.', 'Give the right one in the URL of `store`.'],
  '28': ['does not let this user in.', 'Allow user and host in pg_hba.conf, or name another user in `store`.'],
  '3D000': ['does not exist.', 'Create the database, or name another one in `store`.'],
  '42501': [
    'does not let this user make tables.',
    'GRANT CREATE ON DATABASE to it, or CREATE SCHEMA gatehouse AUTHORIZATION it.',
  ],
  '53300': ['has no connections left.', 'Raise max_connections of the server.'],
  '57P03': ['is starting up.', 'Start again when it is ready.'],
};

/** By the code of the system or of TLS (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const bySystemCode: Readonly<Record<string, Explanation>> = {
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  EHOSTUNREACH: unreachable,
  ENOENT: unreachable,
  ETIMEDOUT: unreachable,
  ENOTFOUND: ['has a host name that nobody knows.', 'Correct the host in `store`.'],
  EAI_AGAIN: ['has a host name that cannot be looked up now.', 'Correct the host in `store`, or wait for the DNS.'],
  CERT_HAS_EXPIRED: ['shows a certificate that has expired.', 'Renew the certificate of the server.'],
  DEPTH_ZERO_SELF_SIGNED_CERT: notTrusted,
  SELF_SIGNED_CERT_IN_CHAIN: notTrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: notTrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: notTrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'shows the certificate of another host.',
    'Name the host in `store` as its certificate does.',
  ],
};

/** Turns what went wrong while opening into one clear line; what is not known stays as it is. */
export function explainOpenFailure(label: string, error: unknown): unknown {
  const explanation = explain(error);
  return explanation === undefined ? error : new StoreUnusable(label, ...explanation);
}

function explain(error: unknown): Explanation | undefined {
  const state = sqlStateOf(error);
  if (state !== undefined) return bySqlState[state] ?? bySqlState[state.slice(0, 2)];
  if (error instanceof StoreUnavailable) return ['is a standby.', 'Name the primary in `store`.'];
  return bySystemCode[systemCodeOf(error) ?? ''] ?? byMessage(error);
}

/** What the client itself finds has no code. */
function byMessage(error: unknown): Explanation | undefined {
  const message = error instanceof Error ? error.message : '';
  if (message.includes('does not support SSL')) {
    return ['does not speak TLS.', 'Turn `ssl` on at the server, or say `sslmode=disable` in the URL of `store`.'];
  }
  if (message.includes('password must be')) return ['asks for a password.', 'Give one in the URL of `store`.'];
  return message.includes('timeout') ? unreachable : undefined;
}
