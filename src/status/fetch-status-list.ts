import type { Clock } from '../base/clock.ts';
import { type HttpClient, isLoopbackHost } from '../net/index.ts';
import { listFailed, type StatusListResult } from './status-list-failure.ts';
import type { StatusSigner } from './status-signer.ts';
import { type VerifiedStatusList, verifyStatusList } from './verify-status-list.ts';

/** Bytes of the token: 4 MiB, of which two thirds are the compressed list. */
const mostBytes = 4 * 1024 * 1024;

/** Milliseconds; a request may be waiting. */
const timeout = 5_000;

/**
 * Fetches a list and verifies it. A token named the URL, and its origin is one that the operator has named: so what is on
 * this machine is fetched only where the operator has named it as such.
 *
 * @param uri absolute, and of an origin that is allowed
 */
export async function fetchStatusList(
  http: HttpClient,
  uri: string,
  signer: StatusSigner,
  signal: AbortSignal,
  clock: Clock,
): Promise<StatusListResult<VerifiedStatusList>> {
  const answer = await http.send({
    url: uri,
    headers: { accept: 'application/statuslist+jwt' },
    namedBy: isLoopbackHost(new URL(uri).hostname) ? 'operator' : 'peer',
    timeout,
    maxBytes: mostBytes,
    signal,
  });
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  // Section 8.2: "MUST use an HTTP status code in the 2xx range"; of those, one alone means that this is it. Its media
  // type is not asked: many who host files cannot choose it, and `typ`, which is signed, says more.
  if (status !== 200) return listFailed('list_not_a_token', { status });
  // Some of them end what they send with a line break.
  return verifyStatusList(body.toString('latin1').trim(), uri, signer, mostBytes, clock());
}
