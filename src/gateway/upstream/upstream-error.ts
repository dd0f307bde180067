/**
 * - `connect_timeout`: the connection did not come to stand in time
 * - `answer_timeout`: nothing was heard within the time for the first byte
 * - `silence_timeout`: an answer broke off without a word
 * - `closed`: the upstream closed the connection before its answer was complete
 * - `body_mismatch`: the request's body is not as long as it was said to be
 * - `cancelled`: nobody waits for the answer any more
 */
export type UpstreamErrorCode =
  | 'connect_timeout'
  | 'answer_timeout'
  | 'silence_timeout'
  | 'closed'
  | 'body_mismatch'
  | 'cancelled';

/** What went wrong on a connection to an upstream, where the system has no error of its own for it. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly code: UpstreamErrorCode;

  constructor(code: UpstreamErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
