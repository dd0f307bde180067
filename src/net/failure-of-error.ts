import { type NetFailure, type NetFailureCode, netFailure } from './net-failure.ts';
import { NetRefusal } from './net-refusal.ts';

/** What the codes of Node, OpenSSL and undici mean. The first that fits counts. */
const meanings: readonly (readonly [RegExp, NetFailureCode, Readonly<Record<string, unknown>>?])[] = [
  [/^(ENOTFOUND|EAI_.*|ENODATA|ESERVFAIL)$/, 'unknown_host'],
  [/^ECONNREFUSED$/, 'refused'],
  [/^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL)$/, 'unreachable'],
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'timeout', { phase: 'connect' }],
  [/^UND_ERR_HEADERS_TIMEOUT$/, 'timeout', { phase: 'headers' }],
  [/^UND_ERR_BODY_TIMEOUT$/, 'timeout', { phase: 'body' }],
  [/^CERT_HAS_EXPIRED$/, 'tls_expired'],
  [/^CERT_NOT_YET_VALID$/, 'tls_not_yet_valid'],
  [/^DEPTH_ZERO_SELF_SIGNED_CERT$/, 'tls_self_signed'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'tls_wrong_host'],
  [/^(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*|CERT_.*|INVALID_CA|INVALID_PURPOSE)$/, 'tls_untrusted'],
  [/^(ERR_SSL_.*|ERR_TLS_.*|EPROTO)$/, 'tls_failed'],
  [/^UND_ERR_PRX_TLS$/, 'proxy_failed'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'too_large', { part: 'headers' }],
  [/^(HPE_.*|HTTPParserError|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/, 'malformed_answer'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'connection_lost'],
];

/** An error of the HTTP library as one of ours. What is not foreseen counts as a lost connection, with its code. */
export function failureOfError(error: unknown): NetFailure {
  if (error instanceof NetRefusal) return error.failure;
  const refusal = error instanceof Error ? /^Proxy response \((\d+)\)/.exec(error.message) : null;
  if (refusal !== null) return netFailure('proxy_failed', { status: Number(refusal[1]) });
  const code = codeOf(error);
  const [, meaning, facts] = meanings.find(([pattern]) => pattern.test(code)) ?? [];
  return netFailure(meaning ?? 'connection_lost', { code, ...facts, ...detailsOf(error) });
}

/** Which address refused; for which names a certificate is, as far as it is worth reading. */
function detailsOf(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return {};
  const address = 'address' in error && typeof error.address === 'string' ? { address: error.address } : {};
  const cert: unknown = 'cert' in error ? error.cert : undefined;
  if (typeof cert !== 'object' || cert === null || !('subjectaltname' in cert)) return address;
  return { ...address, names: String(cert.subjectaltname).slice(0, 300) };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
